import type { Failure } from '#protocol/failures.ts'

/** Why the server did not take an inline edit. */
export function inlineRefusalWording({ code, retryAfterMs }: Failure): string {
  switch (code) {
    case 'turn_active':
      return 'Your last inline edit is still being written. Wait for it, or stop it in the chat.'
    case 'not_found':
      return 'These lines are not there any more. Select them again.'
    case 'too_large':
      return 'That is more than one answer can hold. Select fewer lines.'
    case 'no_backend':
      return 'This model is not configured any more. Choose another one in the status bar.'
    case 'limit_reached':
      return 'There are too many turns waiting. Wait for one to end.'
    case 'rate_limited':
      return `Too many requests. Try again in ${Math.ceil((retryAfterMs ?? 1_000) / 1_000)} s.`
    case 'unavailable':
    case 'not_joined':
      return 'The server cannot be reached right now. Your prompt is still here.'
    default:
      return `That did not work (${code}). Nothing was changed.`
  }
}

export const endedWording = {
  stopped: 'Stopped. The lines are as they were.',
  interrupted: 'The server restarted in the middle of the answer. The lines are as they were.',
  length: 'The answer reached its length limit. The lines are as they were; select fewer of them.',
} as const
