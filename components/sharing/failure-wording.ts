import type { FailureCode } from '#protocol/failures.ts'

/** Why something about people or links was not done, and what to do. */
export function wordSharingFailure(code: FailureCode): string {
  switch (code) {
    case 'denied':
      return 'Only owners of the session may do that.'
    case 'last_owner':
      return 'A session needs an owner. Make somebody else an owner first.'
    case 'name_taken':
      return 'Somebody in the session is called that, or nearly that. Choose another name.'
    case 'invalid_payload':
      return 'A name needs a letter or a digit that can be seen.'
    case 'not_found':
      return 'It is not there any more. Somebody may have been faster.'
    case 'limit_reached':
      return 'The session has as many as it can hold.'
    case 'rate_limited':
      return 'Too much at once. Wait a few seconds and try again.'
    default:
      return 'The server could not do it. Nothing was changed; try again in a moment.'
  }
}
