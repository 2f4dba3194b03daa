import { DocumentFailure } from '#documents/documents.ts'
import type { Failure } from '#protocol/failures.ts'
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

/** The failure that a client is told, or undefined for a bug. */
export function failureOf(error: unknown): Failure | undefined {
  if (error instanceof CommandRefused) return error.failure
  if (error instanceof DocumentFailure || error instanceof TurnRefused) return { code: error.code }
  if (error instanceof SessionFailure) {
    switch (error.code) {
      case 'not_a_zip':
      case 'nothing_to_import':
        return { code: 'invalid_payload' }
      default:
        return { code: error.code }
    }
  }
  if (error instanceof Error && error.name === 'StoreFailure') return { code: 'unavailable' }
  return undefined
}
