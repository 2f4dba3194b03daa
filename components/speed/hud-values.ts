import type { TurnInfo } from '#session/session-state.ts'
import type { LiveReading } from './live-reading.ts'

/** One value of the HUD: what is shown, and how it was measured. */
export type HudValue = { label: string; text: string; how: string }

/** Characters per token of English and code in one; only for estimates, which are marked `~`. */
const charactersPerToken = 4

const providers = 'reported by the provider'
const reader = 'measured on the server, where the provider is read'

/** A running turn: estimates from how much text has arrived since the first of it. Paint timing has no part in it. */
export function liveValues({ length, elapsedMs, firstMs }: LiveReading): HudValue[] {
  if (firstMs === undefined) return []
  const streamedMs = elapsedMs - firstMs
  const speed = streamedMs >= 100 ? (length / charactersPerToken / streamedMs) * 1_000 : undefined
  return [
    { label: 'First token', text: milliseconds(firstMs), how: `request sent → first token, thinking included; ${reader}` },
    ...(speed === undefined
      ? []
      : [
          {
            label: 'Speed',
            text: `~${whole(speed)} tok/s`,
            how: `estimate from ${charactersPerToken} characters a token, until the provider's count arrives`,
          },
        ]),
    { label: 'Total', text: seconds(elapsedMs), how: `since the request was sent; ${reader}` },
  ]
}

/** An ended turn: provider's numbers where there are some, else estimates, and which is which. */
export function finalValues(turn: TurnInfo): HudValue[] {
  const measured = turn.measurements
  if (measured === undefined) return []
  const estimated = measured.tokensFrom === 'estimate'
  const about = estimated ? '~' : ''
  const counted = estimated ? 'tokens estimated from characters' : `tokens ${providers}`
  const values: (HudValue | undefined)[] = [
    measured.ttftMs === undefined
      ? undefined
      : {
          label: 'First token',
          text: milliseconds(measured.ttftMs),
          how: `request sent → first token, thinking included; ${reader}`,
        },
    measured.answerTtftMs === undefined || measured.answerTtftMs === measured.ttftMs
      ? undefined
      : {
          label: 'First answer token',
          text: milliseconds(measured.answerTtftMs),
          how: `request sent → first token that is not thinking; ${reader}`,
        },
    measured.tokensPerSecond === undefined
      ? { label: 'Speed', text: 'n/a', how: 'everything arrived in one read, and the provider did not say how long it took' }
      : {
          label: 'Speed',
          text: `${about}${whole(measured.tokensPerSecond)} tok/s`,
          how:
            measured.speedFrom === 'completion'
              ? `tokens / the provider's completion time; ${counted}`
              : `(tokens − 1) / (last − first token); times ${reader}; ${counted}`,
        },
    measured.totalMs === undefined
      ? undefined
      : { label: 'Total', text: seconds(measured.totalMs), how: `request sent → last token; ${reader}` },
    measured.promptTokens === undefined
      ? undefined
      : {
          label: 'Tokens in',
          text: `${about}${whole(measured.promptTokens)}${measured.cachedTokens ? ` (${whole(measured.cachedTokens)} cached)` : ''}`,
          how: counted,
        },
    measured.completionTokens === undefined
      ? undefined
      : {
          label: 'Tokens out',
          text: `${about}${whole(measured.completionTokens)}${measured.reasoningTokens ? ` (${whole(measured.reasoningTokens)} thinking)` : ''}`,
          how: counted,
        },
    measured.waitMs === undefined || measured.waitMs < 1
      ? undefined
      : { label: 'Waited', text: milliseconds(measured.waitMs), how: 'before the request was sent: a limit, or one retry' },
    measured.providerQueueMs === undefined
      ? undefined
      : { label: 'Provider queue', text: milliseconds(measured.providerQueueMs), how: providers },
    measured.providerPromptMs === undefined
      ? undefined
      : { label: 'Provider prompt', text: milliseconds(measured.providerPromptMs), how: providers },
    measured.providerCompletionMs === undefined
      ? undefined
      : { label: 'Provider completion', text: milliseconds(measured.providerCompletionMs), how: providers },
  ]
  return values.filter((value) => value !== undefined)
}

const whole = (value: number) => Math.round(value).toLocaleString('en')
const milliseconds = (value: number) => `${value < 10 ? value.toFixed(1) : whole(value)} ms`
const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`
