import type { Timers } from './timers.ts'

const everyMs = 60_000
const forMs = 10 * 60_000

/** Keeps connections open while somebody may soon need them: a ping now and every minute until ten minutes after the last use. */
export class Warmth {
  readonly #ping: () => Promise<void>
  readonly #timers: Timers
  #wantedAt = 0
  #pinging: Promise<void> | null = null
  #stop: (() => void) | null = null
  #closed = false

  constructor(ping: () => Promise<void>, timers: Timers) {
    this.#ping = ping
    this.#timers = timers
  }

  /** Somebody may soon need a connection. Resolves when it is open, or cannot be opened. */
  want(): Promise<void> {
    this.used()
    return this.#now()
  }

  /** A connection has just been used. */
  used(): void {
    this.#wantedAt = this.#timers.now()
    if (!this.#closed) this.#stop ??= this.#timers.after(everyMs, () => this.#again())
  }

  close(): void {
    this.#closed = true
    this.#stop?.()
  }

  #again(): void {
    this.#stop = null
    if (this.#closed || this.#timers.now() - this.#wantedAt > forMs) return
    this.#stop = this.#timers.after(everyMs, () => this.#again())
    void this.#now()
  }

  #now(): Promise<void> {
    if (this.#closed) return Promise.resolve()
    this.#pinging ??= this.#ping().finally(() => {
      this.#pinging = null
    })
    return this.#pinging
  }
}
