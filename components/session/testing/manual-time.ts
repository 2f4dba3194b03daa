import type { Clock } from '../clock.ts'
import type { FrameScheduler } from '../frame-scheduler.ts'

/** Frames that run when the test says so. */
export function manualFrames(): FrameScheduler & { run(): void } {
  let waiting: (() => void)[] = []
  return {
    request(work) {
      waiting.push(work)
      return () => {
        waiting = waiting.filter((other) => other !== work)
      }
    },
    run() {
      const due = waiting
      waiting = []
      for (const work of due) work()
    },
  }
}

/** A clock that moves when the test says so. */
export function manualClock(): Clock & { advance(ms: number): void } {
  let now = 0
  let timers: { at: number; work: () => void }[] = []
  return {
    now: () => now,
    after(delayMs, work) {
      const timer = { at: now + delayMs, work }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance(ms) {
      now += ms
      const due = timers.filter((timer) => timer.at <= now)
      timers = timers.filter((timer) => timer.at > now)
      for (const timer of due) timer.work()
    },
  }
}
