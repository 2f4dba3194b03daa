import type { Store } from '#store/store.ts'
import type { LogPosition, TurnLog } from './turn-log.ts'

const longestDelayMs = 250
const mostUnstored = 16_384

/** Brings a turn's log to disk in pieces, one at a time. */
export class LogPersistence {
  readonly #store: Store
  readonly #log: TurnLog
  #stored: LogPosition = { text: 0, reasoning: 0, marks: 0 }
  #lastAtMs: number | undefined
  #writing: Promise<void> | undefined

  constructor(store: Store, log: TurnLog) {
    this.#store = store
    this.#log = log
  }

  /** Stores what has waited long enough, or has become long enough. Returns whether something is not stored yet. */
  tick(nowMs: number): boolean {
    const unstored = this.#unstored
    if (unstored === 0) return false
    this.#lastAtMs ??= nowMs
    const isDue = nowMs - this.#lastAtMs >= longestDelayMs || unstored >= mostUnstored
    if (isDue && this.#writing === undefined) {
      this.#lastAtMs = nowMs
      // What failed is still unstored; the next tick or the flush tries it again, and the flush tells.
      this.#write().catch(() => {})
    }
    return true
  }

  /** Resolves when all of the log is durable. Rejects with `StoreFailure`. */
  async flush(): Promise<void> {
    await this.#writing?.catch(() => {})
    while (this.#unstored > 0) await this.#write()
  }

  get #unstored(): number {
    const { text, reasoning, marks } = this.#log.head
    return text - this.#stored.text + reasoning - this.#stored.reasoning + marks - this.#stored.marks
  }

  #write(): Promise<void> {
    const head = this.#log.head
    const writing = this.#store
      .appendTurn(this.#log.turnId, this.#log.since(this.#stored))
      .then(() => {
        this.#stored = head
      })
      .finally(() => {
        this.#writing = undefined
      })
    this.#writing = writing
    return writing
  }
}
