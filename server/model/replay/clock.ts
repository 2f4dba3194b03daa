import { setTimeout as delay } from 'node:timers/promises'

/** Time as the replay backend sees it; tests give it one that they move by hand. */
export interface Clock {
  /** Monotonic, ms. */
  nowMs(): number
  /** Unix time, ms. */
  epochMs(): number
  /** Resolves after `ms`, or as soon as `signal` aborts: check the signal afterwards. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  epochMs: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => undefined),
}
