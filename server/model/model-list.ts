import type { Log } from './wire/log.ts'
import type { Timers } from './wire/timers.ts'

const refreshEveryMs = 10 * 60_000
const retryAfterMs = 30_000

/** The ids a backend serves, kept current in the background; until they have been told once, the configured ones. */
export class ModelList {
  readonly #configured: readonly string[]
  readonly #fetch: () => Promise<string[]>
  readonly #timers: Timers
  readonly #log: Log
  #listed: string[] | null = null
  #stopTimer = () => {}
  #closed = false

  constructor(options: { configured: readonly string[]; fetch: () => Promise<string[]>; timers: Timers; log: Log }) {
    this.#configured = options.configured
    this.#fetch = options.fetch
    this.#timers = options.timers
    this.#log = options.log
  }

  /** Never empty as long as a model is configured; configured ones first. */
  get ids(): string[] {
    if (this.#listed === null || this.#listed.length === 0) return [...this.#configured]
    const preferred = this.#configured.filter((id) => this.#listed?.includes(id))
    return [...new Set([...preferred, ...this.#listed])]
  }

  /** Asks now, and again from time to time until it is closed. Never throws. */
  async refresh(): Promise<void> {
    this.#stopTimer()
    let nextMs = refreshEveryMs
    try {
      this.#listed = await this.#fetch()
    } catch (error) {
      nextMs = retryAfterMs
      if (!this.#closed) this.#log.warn({ err: error }, 'list of models could not be fetched')
    }
    if (!this.#closed) this.#stopTimer = this.#timers.after(nextMs, () => void this.refresh())
  }

  close(): void {
    this.#closed = true
    this.#stopTimer()
  }
}
