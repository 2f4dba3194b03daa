import { StoreFailure } from '#store/store-failure.ts'
import type { LogAppend, Store } from '#store/store.ts'
import type { Fault } from './plan.ts'

/** A row that was committed, in the order of the commits of its document. */
export type LoggedRow = { seq: number; author: string; pushId?: string; update?: Uint8Array }

/** What all processes that ever used the database have committed. */
export class FullLog {
  readonly rows = new Map<string, LoggedRow[]>()

  holds(pushId: string): boolean {
    return [...this.rows.values()].some((rows) => rows.some((row) => row.pushId === pushId))
  }

  add(fileId: string, row: LoggedRow): void {
    const known = this.rows.get(fileId) ?? []
    known.push(row)
    this.rows.set(fileId, known)
  }
}

const never = <Value>() => new Promise<Value>(() => {})

/**
 * The store as one process sees it. A process that has ended gets no answer any more, whatever it had asked. Writes can be held, so that
 * others happen while they are under way.
 */
export class FaultyStore {
  readonly store: Store
  #dead = false
  #fault: Fault | undefined
  #held: (() => void)[] | undefined
  /** Compaction writes that still succeed before the process ends. */
  #compactionWrites = Infinity
  readonly #onCrash: () => void

  constructor(store: Store, log: FullLog, onCrash: () => void) {
    this.#onCrash = onCrash
    const reads = Object.fromEntries(
      Object.entries(store).map(([name, call]) => [
        name,
        (...keys: never[]) => this.#alive(() => (call as (...keys: never[]) => Promise<unknown>)(...keys)),
      ]),
    ) as unknown as Store
    this.store = {
      ...reads,
      append: (row) => this.#append(store, log, row),
      saveSnapshot: (fileId, snapshot) => this.#compacting(() => store.saveSnapshot(fileId, snapshot)),
      pruneDocument: (fileId, seq) => this.#compacting(() => store.pruneDocument(fileId, seq)),
      close: () => Promise.resolve(),
    }
  }

  failNext(fault: Fault): void {
    this.#fault = fault
  }

  hold(): void {
    this.#held ??= []
  }

  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const go of held) go()
  }

  crashInCompaction(afterWrites: number): void {
    this.#compactionWrites = afterWrites
  }

  /** Ends what waits for a fault or in a hold. */
  heal(): void {
    this.#fault = undefined
    this.#compactionWrites = Infinity
    this.release()
  }

  crash(): void {
    if (this.#dead) return
    this.#dead = true
    this.#onCrash()
  }

  async #alive<Value>(call: () => Promise<Value>): Promise<Value> {
    if (this.#dead) return never()
    try {
      const value = await call()
      return this.#dead ? never() : value
    } catch (error) {
      if (this.#dead) return never()
      throw error
    }
  }

  async #append(store: Store, log: FullLog, row: LogAppend): ReturnType<Store['append']> {
    if (this.#dead) return never()
    const fault = this.#fault
    this.#fault = undefined
    if (this.#held) await new Promise<void>((resolve) => this.#held?.push(resolve))
    if (fault === 'crash before commit') this.crash()
    if (this.#dead) return never()
    if (fault === 'refused') throw new StoreFailure('disk_full', 'the disk is full')
    // A commit that is under way happens, whether or not the process lives to hear of it.
    const done = await store.append(row)
    if (!done.repeated) {
      const { author, pushId, update } = row
      log.add(row.fileId, {
        seq: done.seq,
        author,
        ...(pushId === undefined ? {} : { pushId }),
        ...(update === undefined ? {} : { update }),
      })
    }
    if (fault === 'crash after commit') this.crash()
    if (this.#dead) return never()
    if (fault === 'uncertain') throw new StoreFailure('failed', 'the writer thread ended before it answered')
    return done
  }

  async #compacting(write: () => Promise<void>): Promise<void> {
    if (this.#compactionWrites <= 0) this.crash()
    this.#compactionWrites -= 1
    return this.#alive(write)
  }
}
