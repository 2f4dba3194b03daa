import {
  contextTooLong,
  modelNotFound,
  notAuthenticated,
  paymentRequired,
  queueExceeded,
  requestQuotaExceeded,
  serverError,
  tokenQuotaExceeded,
  wrongApiFormat,
  wrongKey,
  type ApiError,
} from './api-errors.ts'
import type { Fault } from './faults.ts'

/** The answer of a fault that refuses the request; undefined for a fault that lets it start. */
export function refusalOf(fault: Fault | undefined, model: string): ApiError | undefined {
  switch (fault?.name) {
    case 'wrong_key':
      return wrongKey
    case 'not_authenticated':
      return notAuthenticated
    case 'payment_required':
      return paymentRequired
    case 'model_not_found':
      return modelNotFound(model)
    case 'wrong_api_format':
      return wrongApiFormat([
        "messages.1.user.cache_control: property 'messages.1.user.cache_control' is unsupported",
        "body.store: property 'body.store' is unsupported",
      ])
    case 'context_length':
      return contextTooLong(139_264, 131_072)
    case 'requests_minute':
      return limited(requestQuotaExceeded('minute'), 'requests-minute', 1000, 11.382867, fault.argument)
    case 'tokens_minute':
      return limited(tokenQuotaExceeded('minute'), 'tokens-minute', 1_000_000, 11.382867, fault.argument)
    case 'requests_day':
      return limited(requestQuotaExceeded('day'), 'requests-day', 14_400, 40_153.251, fault.argument)
    case 'tokens_day':
      return limited(tokenQuotaExceeded('day'), 'tokens-day', 1_000_000, 40_153.251, fault.argument)
    case 'queue_exceeded':
      return fault.argument === 'no-retry'
        ? { ...queueExceeded(429), headers: { 'x-should-retry': 'false' } }
        : queueExceeded(429)
    case 'server_error':
      return serverError
    case 'unavailable':
      return queueExceeded(503)
    default:
      return undefined
  }
}

function limited(
  error: ApiError,
  family: string,
  limit: number,
  resetSeconds: number,
  retryAfterSeconds: string | undefined,
): ApiError {
  return {
    ...error,
    headers: {
      [`x-ratelimit-limit-${family}`]: String(limit),
      [`x-ratelimit-remaining-${family}`]: '0',
      [`x-ratelimit-reset-${family}`]: retryAfterSeconds ?? String(resetSeconds),
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': retryAfterSeconds }),
    },
  }
}
