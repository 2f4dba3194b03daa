/** Time as the session room sees it; tests bring their own. */
export type Clock = {
  /** ms since the epoch. */
  now(): number
  /** Runs `work` once after that many milliseconds. Returns its undo. */
  after(delayMs: number, work: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs)
    return () => clearTimeout(timer)
  },
}
