import type { Clock } from './clock.ts'

export type TestClock = Clock & { advance(ms: number): void; sleeps: number[] }

/** A clock that stands still until it is moved; sleeping moves it, `lateMs` further than asked. */
export function createTestClock(lateMs: () => number = () => 0): TestClock {
  let nowMs = 0
  const sleeps: number[] = []
  return {
    nowMs: () => nowMs,
    epochMs: () => 1_770_000_000_000 + nowMs,
    sleep: async (ms) => {
      sleeps.push(ms)
      nowMs += ms + lateMs()
    },
    advance: (ms) => {
      nowMs += ms
    },
    sleeps,
  }
}
