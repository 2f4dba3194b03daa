import type { ModelUsage, ProviderTiming } from '#model/model.ts'
import type { TurnMeasurements } from '#protocol/turns.ts'

/** Characters of one token, on average over English and code; used only until the provider has told the number. */
const charactersPerToken = 4

/** Below this the reads of an answer lie so close together that their distance measures the network, not the model. */
const shortestReaderSpanMs = 5

/** Times are ms on one monotonic clock with sub-millisecond resolution, taken when a network read was delivered. */
export type AnswerFacts = {
  requestedAtMs: number
  /** First read with a non-empty token, thinking included. */
  firstTokenAtMs?: number
  /** First read with text that is not thinking. */
  firstAnswerAtMs?: number
  lastTokenAtMs?: number
  characters: number
  /** A first attempt that failed, and the pause after it. */
  waitedMs?: number
  usage?: ModelUsage
  timing?: ProviderTiming
}

/** The request that is answered was sent only after a wait: times count from there, and the wait is told on its own. */
export function waited(facts: AnswerFacts, waitedMs: number): void {
  facts.requestedAtMs += waitedMs
  facts.waitedMs = (facts.waitedMs ?? 0) + waitedMs
}

/** What the speed display says about an answer, or about as much of it as arrived. */
export function measure(facts: AnswerFacts): TurnMeasurements {
  const { requestedAtMs, firstTokenAtMs, firstAnswerAtMs, lastTokenAtMs, usage, timing } = facts
  const tokens = usage?.completionTokens ?? Math.round(facts.characters / charactersPerToken)
  return {
    tokensFrom: usage === undefined ? 'estimate' : 'provider',
    completionTokens: tokens,
    ...(firstTokenAtMs !== undefined && { ttftMs: firstTokenAtMs - requestedAtMs }),
    ...(firstAnswerAtMs !== undefined && { answerTtftMs: firstAnswerAtMs - requestedAtMs }),
    ...(lastTokenAtMs !== undefined && { totalMs: lastTokenAtMs - requestedAtMs }),
    ...speed(tokens, facts),
    ...(facts.waitedMs !== undefined && { waitMs: facts.waitedMs }),
    ...(usage !== undefined && { promptTokens: usage.promptTokens }),
    ...(usage?.cachedTokens !== undefined && { cachedTokens: usage.cachedTokens }),
    ...(usage?.reasoningTokens !== undefined && { reasoningTokens: usage.reasoningTokens }),
    ...(timing?.queueMs !== undefined && { providerQueueMs: timing.queueMs }),
    ...(timing?.promptMs !== undefined && { providerPromptMs: timing.promptMs }),
    ...(timing?.completionMs !== undefined && { providerCompletionMs: timing.completionMs }),
  }
}

function speed(tokens: number, facts: AnswerFacts): Pick<TurnMeasurements, 'tokensPerSecond' | 'speedFrom'> {
  const { firstTokenAtMs, lastTokenAtMs, timing } = facts
  if (tokens < 2 || firstTokenAtMs === undefined || lastTokenAtMs === undefined) return {}
  const spanMs = lastTokenAtMs - firstTokenAtMs
  if (spanMs >= shortestReaderSpanMs) return { tokensPerSecond: ((tokens - 1) / spanMs) * 1000, speedFrom: 'reader' }
  if (timing?.completionMs) return { tokensPerSecond: (tokens / timing.completionMs) * 1000, speedFrom: 'completion' }
  return {}
}
