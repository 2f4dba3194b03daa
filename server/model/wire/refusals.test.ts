import { expect, test } from 'vitest'
import { failing } from './failing-answer.ts'
import { refuses } from './test-backend.ts'

const requestId = 'chatcmpl-1'
const noRetry = { 'x-should-retry': 'false' }
const tokens = { message: 'wording', type: 'too_many_tokens_error', param: 'quota', code: 'token_quota_exceeded' }
const requests = { message: 'wording', type: 'too_many_requests_error', param: 'quota', code: 'request_quota_exceeded' }
const queue = { message: 'wording', type: 'too_many_requests_error', param: 'queue', code: 'queue_exceeded' }

test.each([
  ['no key', refuses(403, { detail: 'wording' }), { code: 'wrong_key', status: 403 }],
  [
    'a wrong key',
    refuses(401, { message: 'wording', param: 'api_key', code: 'wrong_api_key' }),
    { code: 'wrong_key', status: 401 },
  ],
  [
    'an unpaid account',
    refuses(402, { message: 'wording', type: 'payment_required_error', code: 'payment_required' }, noRetry),
    { code: 'payment_required', status: 402 },
  ],
  [
    'an unknown model',
    refuses(404, { message: 'wording', type: 'not_found_error', param: 'model', code: 'model_not_found' }),
    { code: 'model_not_found', status: 404 },
  ],
  ['an unknown path', refuses(404, ''), { code: 'request_refused', status: 404 }],
  [
    'a context that is too long',
    refuses(400, { message: 'wording', type: 'invalid_request_error', code: 'context_length_exceeded' }),
    { code: 'context_too_long', status: 400 },
  ],
  ['a body that is too large', refuses(413, '<html>wording'), { code: 'context_too_long', status: 413 }],
  [
    'a refused request',
    refuses(400, { message: 'messages.0: wording', param: 'validation_error', code: 'wrong_api_format' }),
    { code: 'request_refused', status: 400 },
  ],
  [
    'an error in the shape of OpenAI',
    refuses(422, { error: { message: 'wording', code: null } }),
    { code: 'request_refused', status: 422 },
  ],
  ['a page of HTML that never ends', refuses(502, `<html>${'wording '.repeat(20_000)}`), { code: 'server_error', status: 502 }],
  [
    'requests per minute, with a wait in seconds',
    refuses(429, requests, { 'retry-after': '3' }),
    { code: 'requests_limited', status: 429, retryAfterMs: 3_000 },
  ],
  [
    'requests per minute, with a wait in ms',
    refuses(429, requests, { 'retry-after-ms': '1250', 'retry-after': '9' }),
    { code: 'requests_limited', status: 429, retryAfterMs: 1_250 },
  ],
  [
    'requests per minute, while the day has plenty left',
    refuses(429, requests, {
      'x-ratelimit-remaining-requests-day': '14000',
      'x-ratelimit-reset-requests-day': '40000.5',
      'x-ratelimit-remaining-requests-minute': '0',
      'x-ratelimit-reset-requests-minute': '11.382867',
    }),
    { code: 'requests_limited', status: 429, retryAfterMs: 11_383 },
  ],
  [
    'requests per minute, when only the day has headers',
    refuses(429, requests, { 'x-ratelimit-remaining-requests-day': '14000', 'x-ratelimit-reset-requests-day': '40000.5' }),
    { code: 'requests_limited', status: 429 },
  ],
  [
    'requests per day',
    refuses(429, requests, { 'x-ratelimit-remaining-requests-day': '0', 'x-ratelimit-reset-requests-day': '40000.5' }),
    { code: 'daily_limited', status: 429, retryAfterMs: 40_000_500 },
  ],
  [
    'tokens per minute: some are left, but fewer than the request reserves',
    refuses(429, tokens, { 'x-ratelimit-remaining-tokens-minute': '511', 'x-ratelimit-reset-tokens-minute': '7.5' }),
    { code: 'tokens_limited', status: 429, retryAfterMs: 7_500 },
  ],
  [
    'tokens per minute: enough is left for the answer, the prompt was too much',
    refuses(429, tokens, { 'x-ratelimit-remaining-tokens-minute': '600', 'x-ratelimit-reset-tokens-minute': '7.5' }),
    { code: 'tokens_limited', status: 429, retryAfterMs: 7_500 },
  ],
  [
    'tokens per day',
    refuses(429, tokens, {
      'x-ratelimit-remaining-tokens-minute': '30000',
      'x-ratelimit-reset-tokens-minute': '0',
      'x-ratelimit-remaining-tokens-day': '-20',
      'x-ratelimit-reset-tokens-day': '3600',
    }),
    { code: 'daily_limited', status: 429, retryAfterMs: 3_600_000 },
  ],
  [
    'a wait that no minute needs',
    refuses(429, tokens, { 'retry-after': '7200' }),
    { code: 'daily_limited', status: 429, retryAfterMs: 7_200_000 },
  ],
  [
    'a wait until a date',
    refuses(429, requests, { date: 'Tue, 03 Nov 2026 10:00:00 GMT', 'retry-after': 'Tue, 03 Nov 2026 10:00:20 GMT' }),
    { code: 'requests_limited', status: 429, retryAfterMs: 20_000 },
  ],
  [
    'a limit that says nothing but its headers',
    refuses(429, '', { 'x-ratelimit-remaining-tokens-minute': '0', 'x-ratelimit-reset-tokens-minute': '2' }),
    { code: 'tokens_limited', status: 429, retryAfterMs: 2_000 },
  ],
  ['a full queue that forbids a retry', refuses(429, queue, noRetry), { code: 'queue_full', status: 429 }],
  ['a full queue, told as 503', refuses(503, queue, noRetry), { code: 'queue_full', status: 503 }],
  [
    'a full queue with a wait that is too long for an interactive turn',
    refuses(429, queue, { 'retry-after': '3' }),
    { code: 'queue_full', status: 429, retryAfterMs: 3_000 },
  ],
  [
    'a server error that forbids a retry',
    refuses(500, { status_code: 500, error: { message: 'wording', type: 'server_error', code: '' } }, noRetry),
    { code: 'server_error', status: 500 },
  ],
  ['a redirect', refuses(302, '', { location: 'https://example.com' }), { code: 'request_refused', status: 302 }],
  ['a page instead of a stream', refuses(200, '<html>wording</html>', { 'content-type': 'text/html' }), { code: 'bad_stream' }],
  [
    'an error told with status 200',
    refuses(200, { error: { message: 'wording', code: 429 } }, { 'content-type': 'application/json' }),
    { code: 'requests_limited', status: 429 },
  ],
] as const)('%s is told from the response and asked only once', async (_name, answer, failure) => {
  expect(await failing(answer)).toEqual({ text: '', failure: { ...failure, requestId }, asked: 1 })
})
