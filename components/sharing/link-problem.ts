import type { CallFailure } from '#session/http-call.ts'

export type LinkProblem = { title: string; what: string; safe: string; retry: boolean }

const askAnew = 'Ask whoever sent it for a new one.'

/** Why a link does not let anybody in, and what to do about it. */
export function wordLinkProblem(code: CallFailure): LinkProblem {
  switch (code) {
    case 'link_expired':
      return {
        title: 'This link has expired',
        what: 'It was made for a limited time, and that is over.',
        safe: askAnew,
        retry: false,
      }
    case 'link_revoked':
      return { title: 'This link was revoked', what: 'An owner of the session has taken it back.', safe: askAnew, retry: false }
    case 'link_used_up':
      return {
        title: 'This link was used up',
        what: 'It was made for a number of people, and they have all come in.',
        safe: 'If you were one of them, open the session in the browser you used then. Otherwise ask whoever sent it for a new one.',
        retry: false,
      }
    case 'declined':
      return {
        title: 'You were not let in',
        what: 'An owner of the session has declined to let this browser in through this link.',
        safe: 'If that was a mistake, ask them for a new link.',
        retry: false,
      }
    case 'rate_limited':
      return {
        title: 'Too many tries',
        what: 'This address has tried links more often than the server allows in a minute.',
        safe: 'Wait a minute, then open the link again.',
        retry: true,
      }
    case 'session_full':
      return {
        title: 'This session is full',
        what: 'It has as many people as a session can hold.',
        safe: 'Tell its owner, who can start a new one.',
        retry: false,
      }
    case 'not_found':
    case 'invalid_payload':
      return {
        title: 'This link leads nowhere',
        what: 'Either it is not complete, or the session was deleted.',
        safe: 'Copy the whole link again, up to its last character, or ask whoever sent it for a new one.',
        retry: false,
      }
    default:
      return {
        title: 'The link could not be opened',
        what: code === 'unreachable' ? 'The server does not answer.' : 'The server could not open it right now.',
        safe: 'Nothing was lost. Try again in a moment.',
        retry: true,
      }
  }
}
