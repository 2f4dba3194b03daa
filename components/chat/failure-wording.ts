import type { Failure, TurnFailure } from '#protocol/failures.ts'

type TurnFailureWording = {
  happened: string
  toDo: string
  /** There is a beginning of an answer that the model can go on with. */
  goesOn: boolean
}

/**
 * What happened and what to do; what is safe is for `whatIsSafe` to say. `seconds` counts down to the provider's own reset time, where
 * it named one. `hasText`: the answer had begun.
 */
export function turnFailureWording(
  failure: TurnFailure,
  backendName: string,
  { seconds, hasText = false }: { seconds?: number | undefined; hasText?: boolean } = {},
): TurnFailureWording {
  const say = (happened: string, toDo: string) => ({ happened, toDo, goesOn: false })
  const again = seconds === undefined ? 'Try again' : seconds > 0 ? `Try again in ${duration(seconds)}` : 'Try again now'
  const cutOff = (begun: string, before: string) =>
    hasText ? { happened: begun, toDo: 'Continue where it stopped, or try again.', goesOn: true } : say(before, `${again}.`)
  const another = 'choose another model in the status bar.'
  switch (failure.code) {
    case 'unreachable':
      return say(
        `${backendName} could not be reached.`,
        `Check the network of the machine that runs Flint and try again, or ${another}`,
      )
    case 'wrong_key':
      return say(`${backendName} did not accept the API key.`, `Restart Flint with a valid CEREBRAS_API_KEY, or ${another}`)
    case 'payment_required':
      return say(`${backendName} asks for payment.`, `Look at the billing page of the key's account, or ${another}`)
    case 'model_not_found':
      return say(`${backendName} does not offer this model any more.`, `To go on, ${another}`)
    case 'context_too_long':
      return say(
        'The conversation and its files are longer than this model can read.',
        'Close files that it need not see, or ask about fewer of them.',
      )
    case 'request_refused':
      return say(`${backendName} refused the request.`, `Try again; if it happens again, ${another}`)
    case 'requests_limited':
      return say(`The limit of requests at ${backendName} is reached.`, `${again}.`)
    case 'tokens_limited':
      return say(`The limit of tokens at ${backendName} is reached.`, `${again}.`)
    case 'daily_limited':
      return say(
        `The day's limit at ${backendName} is used up.`,
        `${seconds === undefined ? 'Come back later' : again}, or ${another}`,
      )
    case 'queue_full':
      return say(`${backendName} has more requests than it can serve right now.`, `${again}.`)
    case 'server_error':
      return cutOff(
        `${backendName} had an error of its own in the middle of the answer.`,
        `${backendName} had an error of its own.`,
      )
    case 'stream_lost':
      return cutOff(
        `The connection to ${backendName} broke in the middle of the answer.`,
        `The connection to ${backendName} broke before the answer began.`,
      )
    case 'stream_truncated':
      return cutOff(`${backendName} ended the answer without finishing it.`, `${backendName} ended the answer before it began.`)
    case 'stalled':
      return cutOff(
        `${backendName} stopped sending in the middle of the answer.`,
        `${backendName} took the request and then sent nothing.`,
      )
    case 'bad_stream':
      return cutOff(
        `${backendName} sent something in the middle of the answer that does not belong there.`,
        `${backendName} sent something that is not an answer.`,
      )
    case 'content_filtered':
      return say(`${backendName} withheld the rest of the answer.`, 'Ask in other words.')
    case 'internal':
      return say('Flint failed while it worked on the answer.', 'Try again; the log of the server says more.')
  }
}

/** `90` → `2 min`, `12` → `12 s`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} min`
  return `${Math.ceil(seconds / 3_600)} h`
}

/** Why the server did not take a command, for a toast or under the composer. */
export function commandFailureWording(failure: Failure): string {
  switch (failure.code) {
    case 'denied':
      return 'Your role in this session does not allow that.'
    case 'turn_active':
      return 'Somebody else’s turn is running. Wait for it, or ask them to stop it.'
    case 'turn_over':
      return 'That turn has already ended.'
    case 'turn_begun':
      return 'That prompt does not wait any more: its turn has come, or somebody removed it.'
    case 'hunk_decided':
      return 'That hunk has already been decided.'
    case 'asked_again':
      return 'The assistant is writing that change again. Wait for it, or stop the turn to apply it yourself.'
    case 'rate_limited':
      return `Too many requests. Try again in ${duration((failure.retryAfterMs ?? 1_000) / 1_000)}.`
    case 'too_large':
    case 'invalid_payload':
      return 'That message is too long. Shorten it, or put the text into a file and mention the file.'
    case 'no_backend':
      return 'This model is not configured any more. Choose another one in the status bar.'
    case 'unavailable':
    case 'not_joined':
      return 'The server cannot be reached right now. Your message is still here.'
    case 'limit_reached':
      return 'There are too many turns waiting. Wait for one to end.'
    default:
      return `That did not work (${failure.code}${failure.logId === undefined ? '' : `, ${failure.logId}`}). Nothing was changed.`
  }
}
