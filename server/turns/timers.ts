import { performance } from 'node:perf_hooks'

/** Time as running turns need it; tests pass their own. */
export type Timers = {
  /** Milliseconds since some fixed moment, with sub-millisecond resolution: above 1,000 tokens/s a coarse clock lies. */
  monotonicMs(): number
  /** The handle is given back to `clearTimeout`. */
  setTimeout(callback: () => void, delayMs: number): unknown
  clearTimeout(timer: unknown): void
}

export const systemTimers: Timers = {
  monotonicMs: () => performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
}
