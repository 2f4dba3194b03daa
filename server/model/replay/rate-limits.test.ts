import { expect, test } from 'vitest'
import { createRateLimits, type Admission, type RateLimitOptions } from './rate-limits.ts'
import { createTestClock } from './test-clock.ts'

const wide: RateLimitOptions = {
  requestsPerMinute: 1000,
  requestsPerDay: 10_000,
  uncachedTokensPerMinute: 1_000_000,
  totalTokensPerMinute: 1_000_000,
}
const demand = (promptTokens: number, maxCompletionTokens: number, cachedTokens = 0) => ({
  promptTokens,
  cachedTokens,
  maxCompletionTokens,
})
const headersOf = (admission: Admission) => (admission.ok ? admission.headers : admission.error.headers) ?? {}
const admitted = (admission: Admission) => {
  if (!admission.ok) throw new Error('refused')
  return admission
}

test('an admitted request shows every family after its reservation, with resets in float seconds', () => {
  const limits = createRateLimits(wide, createTestClock())
  expect(headersOf(limits.admit(demand(1000, 4000)))).toEqual({
    'x-ratelimit-limit-requests-day': '10000',
    'x-ratelimit-remaining-requests-day': '9999',
    'x-ratelimit-reset-requests-day': '8.64',
    'x-ratelimit-limit-requests-minute': '1000',
    'x-ratelimit-remaining-requests-minute': '999',
    'x-ratelimit-reset-requests-minute': '0.06',
    'x-ratelimit-limit-tokens-minute': '1000000',
    'x-ratelimit-remaining-tokens-minute': '995000',
    'x-ratelimit-reset-tokens-minute': '0.3',
  })
})

test('requests per minute: the request over the limit is refused until one has refilled', () => {
  const clock = createTestClock()
  const limits = createRateLimits({ ...wide, requestsPerMinute: 2 }, clock)
  admitted(limits.admit(demand(1, 1)))
  admitted(limits.admit(demand(1, 1)))
  expect(limits.admit(demand(1, 1))).toMatchObject({
    ok: false,
    error: {
      status: 429,
      body: {
        message: 'Requests per minute limit exceeded - too many requests sent.',
        type: 'too_many_requests_error',
        param: 'quota',
        code: 'request_quota_exceeded',
      },
      headers: { 'x-ratelimit-remaining-requests-minute': '0', 'x-ratelimit-reset-requests-minute': '30' },
    },
  })
  clock.advance(29_999)
  expect(limits.admit(demand(1, 1)).ok).toBe(false)
  clock.advance(2)
  expect(limits.admit(demand(1, 1)).ok).toBe(true)
})

test('requests per day refuse with their own message', () => {
  const limits = createRateLimits({ ...wide, requestsPerDay: 1 }, createTestClock())
  admitted(limits.admit(demand(1, 1)))
  expect(limits.admit(demand(1, 1))).toMatchObject({
    ok: false,
    error: {
      body: { message: 'Requests per day limit exceeded - too many requests sent.' },
      headers: { 'x-ratelimit-reset-requests-day': '86400' },
    },
  })
})

test('tokens: the whole cap is reserved, and what was not used comes back once', () => {
  const clock = createTestClock()
  const limits = createRateLimits({ ...wide, totalTokensPerMinute: 60_000 }, clock)
  const first = admitted(limits.admit(demand(10_000, 40_000)))
  expect(limits.admit(demand(10_000, 20_000))).toMatchObject({
    ok: false,
    error: {
      status: 429,
      body: {
        message: 'Tokens per minute limit exceeded - too many tokens processed.',
        type: 'too_many_tokens_error',
        param: 'quota',
        code: 'token_quota_exceeded',
      },
      headers: { 'x-ratelimit-remaining-tokens-minute': '10000', 'x-ratelimit-reset-tokens-minute': '20' },
    },
  })
  first.settle(1000)
  first.settle(0)
  expect(headersOf(limits.admit(demand(1, 1)))).toMatchObject({ 'x-ratelimit-remaining-tokens-minute': '48998' })
})

test('a refused request reserves nothing', () => {
  const limits = createRateLimits({ ...wide, requestsPerMinute: 10, totalTokensPerMinute: 100 }, createTestClock())
  expect(limits.admit(demand(50, 100)).ok).toBe(false)
  expect(headersOf(limits.admit(demand(10, 10)))).toMatchObject({
    'x-ratelimit-remaining-requests-minute': '9',
    'x-ratelimit-remaining-tokens-minute': '80',
  })
})

test('cached prompt tokens count in the total bucket alone, and the headers show the tighter bucket', () => {
  const limits = createRateLimits({ ...wide, uncachedTokensPerMinute: 30_000, totalTokensPerMinute: 90_000 }, createTestClock())
  expect(headersOf(limits.admit(demand(50_000, 1000, 49_920)))).toMatchObject({
    'x-ratelimit-limit-tokens-minute': '30000',
    'x-ratelimit-remaining-tokens-minute': '28920',
  })
  expect(limits.admit(demand(50_000, 1000, 49_920))).toMatchObject({
    ok: false,
    error: { headers: { 'x-ratelimit-limit-tokens-minute': '90000', 'x-ratelimit-remaining-tokens-minute': '39000' } },
  })
  expect(limits.admit(demand(30_000, 1000, 0))).toMatchObject({
    ok: false,
    error: { headers: { 'x-ratelimit-limit-tokens-minute': '30000' } },
  })
})

test('a bucket never holds more than its limit', () => {
  const clock = createTestClock()
  const limits = createRateLimits({ ...wide, requestsPerMinute: 5 }, clock)
  clock.advance(3_600_000)
  expect(headersOf(limits.admit(demand(1, 1)))).toMatchObject({ 'x-ratelimit-remaining-requests-minute': '4' })
})
