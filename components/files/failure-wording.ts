import type { Failure } from '#protocol/failures.ts'
import { limits } from '#protocol/limits.ts'

/** Why a change of the tree was refused, and what to do, in one or two sentences. */
export function wordTreeFailure({ code, retryAfterMs }: Failure): string {
  switch (code) {
    case 'path_taken':
      return 'Another file or folder has that path. Choose another name.'
    case 'invalid_path':
      return 'The server does not accept that path. Choose another name.'
    case 'limit_reached':
      return `A session holds up to ${limits.filesPerSession.toLocaleString('en')} files. Delete some first.`
    case 'denied':
      return 'Your role in this session does not allow it.'
    case 'not_found':
      return 'It is not there any more. Somebody else may have deleted it.'
    case 'rate_limited':
      return `Too many changes at once. Try again in ${Math.ceil((retryAfterMs ?? 1_000) / 1_000)} s.`
    case 'unavailable':
    case 'not_joined':
      return 'The server cannot be reached right now. Nothing was changed; try again when it is back.'
    default:
      return 'The server refused it. Nothing was changed.'
  }
}
