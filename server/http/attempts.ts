import { RateLimiterMemory } from 'rate-limiter-flexible'

export type Attempts = {
  /** Whether this address, or visitor, may try once more. */
  allowed(who: string): Promise<boolean>
}

/** Counts tries of one kind per address or visitor: so many in so many seconds. */
export function createAttempts({ most, seconds }: { most: number; seconds: number }): Attempts {
  const limiter = new RateLimiterMemory({ points: most, duration: seconds })
  return {
    allowed: (who) =>
      limiter.consume(who).then(
        () => true,
        () => false,
      ),
  }
}
