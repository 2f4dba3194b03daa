import type { Fault } from './faults.ts'
import type { PaceOptions } from './pace.ts'
import type { RateLimitOptions } from './rate-limits.ts'

export type ReplayOptions = PaceOptions &
  RateLimitOptions & {
    /** From the complete request to the first token, ms; the queue comes on top. */
    ttftMs: number
    queueMs: number
    /** 1 to 16. */
    tokensPerEvent: number
    /** 0 writes everything that is due at once. */
    eventsPerWrite: number
    /** The only API key that is accepted; without one, any is. */
    key: string | undefined
    /** Goes wrong in every request that does not name a fault itself. */
    fault: Fault | undefined
  }

/** The limits are so wide that a demo never meets them. */
export const defaultReplayOptions: ReplayOptions = {
  tokensPerSecond: 3000,
  ttftMs: 150,
  queueMs: 0,
  jitter: 0,
  seed: 1,
  tokensPerEvent: 1,
  eventsPerWrite: 0,
  key: undefined,
  fault: undefined,
  requestsPerMinute: 10_000,
  requestsPerDay: 1_000_000,
  uncachedTokensPerMinute: 100_000_000,
  totalTokensPerMinute: 300_000_000,
}
