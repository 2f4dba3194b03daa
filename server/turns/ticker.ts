import type { Timers } from './timers.ts'

/**
 * The one timer of all running turns. `wake` runs the work at once when the last run is at least an interval ago, otherwise the
 * next run is already due. While the work says that something is left, it runs once per interval; idle, there is no timer.
 */
export class Ticker {
  readonly #timers: Timers
  readonly #intervalMs: number
  readonly #work: () => boolean
  #timer: unknown
  #running = false
  #due = false
  #closed = false

  /** `work` returns whether it has to run again although nobody wakes the ticker. */
  constructor(timers: Timers, intervalMs: number, work: () => boolean) {
    this.#timers = timers
    this.#intervalMs = intervalMs
    this.#work = work
  }

  wake(): void {
    if (this.#timer === undefined && !this.#running) this.#run()
    else this.#due = true
  }

  close(): void {
    this.#closed = true
    if (this.#timer !== undefined) this.#timers.clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #run(): void {
    this.#running = true
    this.#due = false
    let left = true
    try {
      left = this.#work()
    } finally {
      this.#running = false
      if (left) this.#due = true
      if (!this.#closed) this.#timer = this.#timers.setTimeout(() => this.#elapsed(), this.#intervalMs)
    }
  }

  #elapsed(): void {
    this.#timer = undefined
    if (this.#due) this.#run()
  }
}
