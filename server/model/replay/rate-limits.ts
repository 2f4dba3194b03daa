import { requestQuotaExceeded, tokenQuotaExceeded, type ApiError } from './api-errors.ts'
import type { Clock } from './clock.ts'

export type RateLimitOptions = {
  requestsPerMinute: number
  requestsPerDay: number
  /** Prompt tokens that were not cached, and completion tokens. */
  uncachedTokensPerMinute: number
  totalTokensPerMinute: number
}

type Demand = { promptTokens: number; cachedTokens: number; maxCompletionTokens: number }

export type Admission =
  | {
      ok: true
      headers: Record<string, string>
      /** Gives back what was reserved for completion tokens and not used. Calls after the first do nothing. */
      settle(completionTokens: number): void
    }
  | { ok: false; error: ApiError }

/** Limits of one account: continuously refilled buckets that reserve the whole cap of a request before it starts. */
export interface RateLimits {
  admit(demand: Demand): Admission
}

type Bucket = {
  limit: number
  remaining(): number
  /** Seconds until so much is there, at most until the bucket is full. */
  secondsUntil(amount: number): number
  add(amount: number): void
}

export function createRateLimits(options: RateLimitOptions, clock: Clock): RateLimits {
  const minuteSeconds = 60
  const requestsMinute = createBucket(options.requestsPerMinute, minuteSeconds, clock)
  const requestsDay = createBucket(options.requestsPerDay, 24 * 60 * minuteSeconds, clock)
  const uncachedTokens = createBucket(options.uncachedTokensPerMinute, minuteSeconds, clock)
  const totalTokens = createBucket(options.totalTokensPerMinute, minuteSeconds, clock)

  /** The provider has one header family for both token buckets; it shows the tighter one. */
  const headers = (wanted: { requests: number; uncached: number; total: number }) => ({
    ...rateLimitHeaders('requests-day', requestsDay, wanted.requests),
    ...rateLimitHeaders('requests-minute', requestsMinute, wanted.requests),
    ...(uncachedTokens.remaining() - wanted.uncached < totalTokens.remaining() - wanted.total
      ? rateLimitHeaders('tokens-minute', uncachedTokens, wanted.uncached)
      : rateLimitHeaders('tokens-minute', totalTokens, wanted.total)),
  })

  return {
    admit({ promptTokens, cachedTokens, maxCompletionTokens }) {
      const total = promptTokens + maxCompletionTokens
      const uncached = total - cachedTokens
      const refusal =
        requestsDay.remaining() < 1
          ? requestQuotaExceeded('day')
          : requestsMinute.remaining() < 1
            ? requestQuotaExceeded('minute')
            : uncachedTokens.remaining() < uncached || totalTokens.remaining() < total
              ? tokenQuotaExceeded('minute')
              : undefined
      if (refusal) return { ok: false, error: { ...refusal, headers: headers({ requests: 1, uncached, total }) } }
      requestsDay.add(-1)
      requestsMinute.add(-1)
      uncachedTokens.add(-uncached)
      totalTokens.add(-total)
      let reserved = maxCompletionTokens
      return {
        ok: true,
        headers: headers({ requests: 0, uncached: 0, total: 0 }),
        settle(completionTokens) {
          const unused = reserved - Math.min(reserved, completionTokens)
          reserved = 0
          uncachedTokens.add(unused)
          totalTokens.add(unused)
        },
      }
    },
  }
}

/** The reset is the time until the wanted amount is there; where it is there already, until the bucket is full. */
function rateLimitHeaders(family: string, bucket: Bucket, wanted: number): Record<string, string> {
  const resetSeconds = bucket.secondsUntil(wanted > bucket.remaining() ? wanted : bucket.limit)
  return {
    [`x-ratelimit-limit-${family}`]: String(bucket.limit),
    [`x-ratelimit-remaining-${family}`]: String(Math.floor(bucket.remaining())),
    [`x-ratelimit-reset-${family}`]: String(Number(resetSeconds.toFixed(6))),
  }
}

function createBucket(limit: number, periodSeconds: number, clock: Clock): Bucket {
  let level = limit
  let updatedMs = clock.nowMs()
  const remaining = () => {
    const nowMs = clock.nowMs()
    level = Math.min(limit, level + ((nowMs - updatedMs) / 1000) * (limit / periodSeconds))
    updatedMs = nowMs
    return level
  }
  return {
    limit,
    remaining,
    secondsUntil: (amount) => (Math.max(0, Math.min(amount, limit) - remaining()) * periodSeconds) / limit,
    add: (amount) => {
      level = Math.min(limit, remaining() + amount)
    },
  }
}
