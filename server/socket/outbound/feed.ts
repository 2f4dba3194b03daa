import type { Packet } from './packet.ts'

/** What a reader is sent next, and where it then reads on. */
export type Batch = { packets: readonly Packet[]; next: number }

/** Something that connections read in order, each at its own pace. */
export type Feed = {
  /** Where a reader begins that knows everything up to now. */
  readonly end: number
  /** For a reader that is in these rooms; undefined where it is up to date. A batch is small: a few packets. */
  take(cursor: number, rooms: ReadonlySet<string>): Batch | undefined
  /** Nobody reads before `cursor` any more. */
  forget(cursor: number): void
}

/** Connections of a healthy session are within a few batches of each other; others make their own. */
const mostBatches = 4

/** Readers that are equally far are sent the same packets, made once. */
export class Batches {
  readonly #make: (cursor: number) => Batch
  readonly #made = new Map<string, Batch>()

  constructor(make: (cursor: number) => Batch) {
    this.#make = make
  }

  take(cursor: number, end: number): Batch {
    const key = `${cursor} ${end}`
    const known = this.#made.get(key)
    if (known !== undefined) return known
    const batch = this.#make(cursor)
    const [oldest] = this.#made.keys()
    if (oldest !== undefined && this.#made.size >= mostBatches) this.#made.delete(oldest)
    this.#made.set(key, batch)
    return batch
  }
}
