import type { Timers } from '../timers.ts'

/** Time that moves only when the test says so. */
export class ManualTimers implements Timers {
  #nowMs = 0
  #next = 1
  readonly #due = new Map<number, { atMs: number; callback: () => void }>()

  monotonicMs(): number {
    return this.#nowMs
  }

  setTimeout(callback: () => void, delayMs: number): number {
    const timer = this.#next++
    this.#due.set(timer, { atMs: this.#nowMs + delayMs, callback })
    return timer
  }

  clearTimeout(timer: unknown): void {
    this.#due.delete(timer as number)
  }

  /** Timers that wait. */
  get waiting(): number {
    return this.#due.size
  }

  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs
    for (;;) {
      const [next] = [...this.#due].filter(([, { atMs }]) => atMs <= untilMs).toSorted(([, a], [, b]) => a.atMs - b.atMs)
      if (next === undefined) break
      const [timer, { atMs, callback }] = next
      this.#due.delete(timer)
      this.#nowMs = Math.max(this.#nowMs, atMs)
      callback()
    }
    this.#nowMs = untilMs
  }
}
