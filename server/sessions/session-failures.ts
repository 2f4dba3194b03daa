import type { Logger } from 'pino'
import { StoreFailure } from '#store/store-failure.ts'
import { SessionFailure, type Sessions } from './sessions.ts'

/** Turns whatever a call rejects with into a `SessionFailure`; infrastructure that failed is logged and `unavailable`. */
export function inSessionTerms(sessions: Sessions, log: Logger): Sessions {
  const calls = Object.entries(sessions).map(([name, call]: [string, (...args: never[]) => unknown]) => [
    name,
    (...args: never[]) => {
      const result = call(...args)
      return result instanceof Promise ? result.catch((error: unknown) => Promise.reject(sessionFailure(error, log))) : result
    },
  ])
  return Object.fromEntries(calls) as Sessions
}

function sessionFailure(error: unknown, log: Logger): SessionFailure {
  if (error instanceof SessionFailure) return error
  if (error instanceof StoreFailure && error.code === 'missing') return new SessionFailure('not_found', { cause: error })
  if (error instanceof StoreFailure && error.code === 'refused') return new SessionFailure('path_taken', { cause: error })
  log.error({ err: error }, 'a session could not be served')
  return new SessionFailure('unavailable', { cause: error })
}
