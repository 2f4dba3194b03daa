import type { Store } from '#store/store.ts'
import type { LogPosition, TurnLog } from './turn-log.ts'

const longestDelayMs = 250
const mostUnstored = 16_384

/** Brings a turn's log to disk in pieces, one at a time. The first goes at once: after a crash it tells that the answer had begun. */
export class LogPersistence {
  readonly #store: Store
  readonly #log: TurnLog
  #stored: LogPosition = { text: 0, reasoning: 0, marks: 0 }
  #lastAtMs = Number.NEGATIVE_INFINITY
  #writing: Promise<void> | undefined
  /** The last piece seemed not to be stored, and may be all the same. */
  #isUncertain = false

  constructor(store: Store, log: TurnLog) {
    this.#store = store
    this.#log = log
  }

  /** Stores what has waited long enough, or has become long enough. Returns whether something is not stored yet. */
  tick(nowMs: number): boolean {
    const unstored = this.#unstored
    if (unstored === 0) return false
    const isDue = nowMs - this.#lastAtMs >= longestDelayMs || unstored >= mostUnstored
    if (isDue && this.#writing === undefined) {
      this.#lastAtMs = nowMs
      // What failed is still unstored; the next tick or the flush tries it again, and the flush tells.
      this.#write().catch(() => {})
    }
    return true
  }

  /** Resolves when all of the log is durable; what fails is tried once more. Rejects with `StoreFailure`. */
  async flush(): Promise<void> {
    await this.#writing?.catch(() => {})
    while (this.#unstored > 0) await this.#write().catch(() => this.#write())
  }

  /** How far the log is durable for certain. */
  get stored(): LogPosition {
    return this.#stored
  }

  get #unstored(): number {
    const { text, reasoning, marks } = this.#log.head
    return text - this.#stored.text + reasoning - this.#stored.reasoning + marks - this.#stored.marks
  }

  #write(): Promise<void> {
    const writing = this.#writeRest().finally(() => {
      this.#writing = undefined
    })
    this.#writing = writing
    return writing
  }

  async #writeRest(): Promise<void> {
    if (this.#isUncertain) this.#stored = await this.#readStored()
    this.#isUncertain = false
    if (this.#unstored === 0) return
    const { head } = this.#log
    try {
      await this.#store.appendTurn(this.#log.turnId, this.#log.since(this.#stored))
      this.#stored = head
    } catch (error) {
      this.#isUncertain = true
      throw error
    }
  }

  async #readStored(): Promise<LogPosition> {
    const turn = await this.#store.turn(this.#log.turnId)
    if (turn === undefined) return this.#stored
    return { text: turn.text.length, reasoning: turn.reasoning.length, marks: turn.marks.length }
  }
}
