import type { IncomingHttpHeaders } from 'node:http'
import type { TurnFailure, TurnFailureCode } from '#protocol/failures.ts'
import type { Dialect } from '../dialects.ts'
import type { ErrorBody } from './error-body.ts'
import { reachedLimit, retryAfterMs } from './reset-time.ts'

/** Why an attempt failed, and what a second one may do about it. */
export type Problem = {
  failure: TurnFailure
  /** The same request may succeed a moment later. */
  transient: boolean
  /** Request fields to leave out next time. */
  refusedFields: string[]
  cause?: unknown
  /** Safe for the log: our words or an error code of the system. */
  detail?: string
}

/** Longer than any per-minute limit takes to refill: such a wait belongs to an hourly or daily one. */
const longestMinuteWaitMs = 120_000

const byCode: Readonly<Record<string, TurnFailureCode>> = {
  wrong_api_key: 'wrong_key',
  payment_required: 'payment_required',
  model_not_found: 'model_not_found',
  context_length_exceeded: 'context_too_long',
  request_quota_exceeded: 'requests_limited',
  token_quota_exceeded: 'tokens_limited',
  queue_exceeded: 'queue_full',
}

/** A refusal, told by status, `code`, `type` and `param` alone; never by the wording, which changes. */
export function refusal(body: ErrorBody, headers: IncomingHttpHeaders, dialect: Dialect, reservedTokens: number): Problem {
  const { status } = body
  const code = codeOf(body, () => reachedLimit(headers, dialect, 'tokens', reservedTokens).per !== undefined)
  const shouldRetry = headers['x-should-retry'] !== 'false'
  const failure: TurnFailure = {
    code,
    ...(status !== undefined && { status }),
    ...requestId(headers, dialect),
  }
  const waitMs = retryAfterMs(headers)
  if (code === 'requests_limited' || code === 'tokens_limited') {
    const counts = code === 'requests_limited' ? 'requests' : 'tokens'
    const limit = reachedLimit(headers, dialect, counts, counts === 'requests' ? 1 : reservedTokens)
    const resetMs = waitMs ?? limit.resetMs
    if (resetMs !== undefined) failure.retryAfterMs = resetMs
    if (limit.per === 'hour' || limit.per === 'day' || (resetMs ?? 0) > longestMinuteWaitMs) failure.code = 'daily_limited'
  }
  const mayPass = code === 'queue_full' || status === 408 || status === 500 || status === 503
  if (mayPass && waitMs !== undefined) failure.retryAfterMs = waitMs
  return {
    failure,
    transient: mayPass && shouldRetry,
    refusedFields: status === 400 && code === 'request_refused' ? body.refusedFields : [],
  }
}

export function requestId(headers: IncomingHttpHeaders, dialect: Dialect): { requestId?: string } {
  for (const name of dialect.requestIdHeaders) {
    const value = headers[name]
    if (typeof value === 'string' && value !== '') return { requestId: value.slice(0, 200) }
  }
  return {}
}

function codeOf(body: ErrorBody, tokensUsedUp: () => boolean): TurnFailureCode {
  const known = body.code === undefined || !Object.hasOwn(byCode, body.code) ? undefined : byCode[body.code]
  if (known !== undefined) return known
  if (body.type === 'too_many_tokens_error') return 'tokens_limited'
  if (body.type === 'too_many_requests_error') return body.param === 'queue' ? 'queue_full' : 'requests_limited'
  switch (body.status) {
    case undefined:
      return 'server_error'
    case 401:
    case 403:
      return 'wrong_key'
    case 402:
      return 'payment_required'
    case 404:
      return body.param === 'model' || body.type === 'not_found_error' ? 'model_not_found' : 'request_refused'
    case 408:
      return 'server_error'
    case 413:
      return 'context_too_long'
    case 429:
      return tokensUsedUp() ? 'tokens_limited' : 'requests_limited'
    default:
      return body.status >= 500 ? 'server_error' : 'request_refused'
  }
}
