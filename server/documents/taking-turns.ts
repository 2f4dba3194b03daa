import { setImmediate as others } from 'node:timers/promises'

/**
 * For loops that go on for long: what is returned is awaited after each step, and lets the work of others go on once they have waited
 * for `mostMs`.
 */
export function takingTurns(mostMs = 8): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < mostMs) return
    await others()
    since = performance.now()
  }
}
