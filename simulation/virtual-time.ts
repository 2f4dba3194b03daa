import type { Clock } from '#session/clock.ts'

type Timer = { at: number; work: () => void }

/** Time that moves only when the plan says so, for tabs and server alike. */
export class VirtualTime implements Clock {
  #now = 0
  #timers = new Set<Timer>()

  now = (): number => this.#now

  after = (delayMs: number, work: () => void): (() => void) => {
    const timer = { at: this.#now + delayMs, work }
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }

  every = (intervalMs: number, work: () => void): (() => void) => {
    let cancel = () => {}
    const again = () => {
      cancel = this.after(intervalMs, () => {
        again()
        work()
      })
    }
    again()
    return () => cancel()
  }

  get waiting(): number {
    return this.#timers.size
  }

  /** A jump, as of a laptop that slept: whatever has become due runs once, in its order. */
  advance(ms: number): void {
    this.#now += ms
    const due = [...this.#timers].filter(({ at }) => at <= this.#now).toSorted((a, b) => a.at - b.at)
    for (const timer of due) if (this.#timers.delete(timer)) timer.work()
  }
}
