import { ExchangeTimeout } from './exchange.ts'
import type { Problem } from './problem.ts'

/** Errors after which a second try may well get through; a certificate or a connect timeout is not one. */
const passing = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_SOCKET',
])

/**
 * What a broken connection amounts to. `answering`: the response headers had arrived. undici's own parser errors carry the
 * bytes they stumbled over, so an error goes on as `cause` only when it is one of the system's.
 */
export function connectionProblem(error: Error, answering: boolean, requestId: { requestId?: string }): Problem {
  const errorCode = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  const problem = { transient: false, refusedFields: [], detail: errorCode }
  if (error instanceof ExchangeTimeout) {
    return { ...problem, failure: { code: answering ? 'stalled' : 'unreachable', ...requestId } }
  }
  if (error.name === 'HTTPParserError' || errorCode === 'UND_ERR_HEADERS_OVERFLOW') {
    return { ...problem, failure: { code: 'bad_stream', ...requestId } }
  }
  if (!('code' in error) || errorCode === 'UND_ERR_INVALID_ARG')
    return { ...problem, failure: { code: 'internal' }, cause: error }
  return {
    ...problem,
    failure: { code: answering ? 'stream_lost' : 'unreachable', ...requestId },
    transient: passing.has(errorCode),
    ...('syscall' in error && { cause: error }),
  }
}
