/** A refusal as the service words it. Clients must not branch on the text: the provider may change it. */
export type ApiError = { status: number; body: object; headers?: Record<string, string> }

const flat = (status: number, type: string, param: string, code: string, message: string): ApiError => ({
  status,
  body: { message, type, param, code },
})

export const notAuthenticated: ApiError = { status: 403, body: { detail: 'Not authenticated' } }

export const wrongKey = flat(401, 'invalid_request_error', 'api_key', 'wrong_api_key', 'Wrong API Key')

export const paymentRequired: ApiError = {
  ...flat(
    402,
    'payment_required_error',
    'quota',
    'payment_required',
    'Payment required to access this resource. Visit your billing tab.',
  ),
  headers: { 'x-should-retry': 'false' },
}

export const modelNotFound = (model: string) =>
  flat(404, 'not_found_error', 'model', 'model_not_found', `Model ${model} does not exist or you do not have access to it.`)

export const publicModelNotFound = (model: string): ApiError => ({
  status: 404,
  body: { detail: `Model '${model}' not found or not publicly available` },
})

/** All problems of one request, one line each. */
export const wrongApiFormat = (problems: readonly string[]) =>
  flat(400, 'invalid_request_error', 'validation_error', 'wrong_api_format', problems.join('\n'))

export const bodyTooLarge = (limitBytes: number) =>
  flat(413, 'invalid_request_error', 'validation_error', 'request_too_large', `The body is larger than ${limitBytes} bytes.`)

export const contextTooLong = (tokens: number, limit: number) =>
  flat(
    400,
    'invalid_request_error',
    'messages',
    'context_length_exceeded',
    `Please reduce the length of the messages or completion. Current length is ${tokens} while limit is ${limit}`,
  )

export type Period = 'minute' | 'day'

export const requestQuotaExceeded = (period: Period) =>
  flat(
    429,
    'too_many_requests_error',
    'quota',
    'request_quota_exceeded',
    `Requests per ${period} limit exceeded - too many requests sent.`,
  )

export const tokenQuotaExceeded = (period: Period) =>
  flat(
    429,
    'too_many_tokens_error',
    'quota',
    'token_quota_exceeded',
    `Tokens per ${period} limit exceeded - too many tokens processed.`,
  )

export const queueExceeded = (status: 429 | 503) =>
  flat(
    status,
    'too_many_requests_error',
    'queue',
    'queue_exceeded',
    "We're experiencing high traffic right now! Please try again soon.",
  )

/** 5xx answers and errors inside a stream share this shape. */
export const nestedErrorBody = {
  status_code: 500,
  error: { message: 'Encountered a server error, please try again.', type: 'server_error', param: '', code: '', id: '' },
}

export const serverError: ApiError = { status: 500, body: nestedErrorBody }
