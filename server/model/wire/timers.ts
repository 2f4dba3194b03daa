/** Time as the wire sees it; tests inject their own. */
export interface Timers {
  /** Monotonic, ms. */
  now(): number
  /** Runs once after the delay, in ms. Returns its undo. */
  after(delayMs: number, run: () => void): () => void
}

/** Its timers do not keep the process alive. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    timer.unref()
    return () => clearTimeout(timer)
  },
}
