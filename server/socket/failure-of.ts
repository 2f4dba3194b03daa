import { DocumentFailure } from '#documents/documents.ts'
import { MessageRefused } from '#messages/messages.ts'
import type { Failure } from '#protocol/failures.ts'
import { ReviewRefused } from '#reviews/reviews.ts'
import { SessionFailure } from '#sessions/sessions.ts'
import { TurnRefused } from '#turns/turns.ts'

/** Refuses a command with a code of the protocol. */
export class CommandRefused extends Error {
  override name = 'CommandRefused'
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.code)
    this.failure = failure
  }
}

/** Nothing was changed, or it is uncertain what: the same may be asked again, which is harmless where it was done. */
const unavailable: Failure = { code: 'unavailable', retryAfterMs: 1_000 }

/** The failure that a client is told, or undefined for a bug. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CommandRefused) return error.failure
  if (error instanceof DocumentFailure && error.code === 'unavailable') return unavailable
  if (error instanceof DocumentFailure || error instanceof TurnRefused) return { code: error.code }
  if (error instanceof MessageRefused || error instanceof ReviewRefused) return { code: error.code }
  if (error instanceof SessionFailure) {
    switch (error.code) {
      case 'not_a_zip':
      case 'nothing_to_import':
      case 'too_many_bases':
      case 'invalid_name':
      case 'invalid_pattern':
        return { code: 'invalid_payload' }
      case 'session_full':
        return { code: 'limit_reached' }
      // What is wrong with a link is told over HTTP only, to who has its secret.
      case 'link_expired':
      case 'link_revoked':
      case 'link_used_up':
        return { code: 'not_found' }
      default:
        return { code: error.code }
    }
  }
  if (error instanceof Error && error.name === 'StoreFailure') return unavailable
  return undefined
}
