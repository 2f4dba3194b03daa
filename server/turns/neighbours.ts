import type { IdRange } from './yjs-items.ts'

/** Ids are looked up by blocks of this many. */
const blockLength = 256

/** Which records are about the same text: a document may have thousands of hunks, of which each has to do with a few others. */
export class Neighbours<Item> {
  readonly #blocks = new Map<string, Set<Item>>()

  add(item: Item, ranges: readonly IdRange[]): void {
    for (const key of blocksOf(ranges)) {
      const items = this.#blocks.get(key)
      if (items === undefined) this.#blocks.set(key, new Set([item]))
      else items.add(item)
    }
  }

  /** Every other item that touches one of the ranges, and perhaps some that are only near them. */
  of(item: Item, ranges: readonly IdRange[]): Item[] {
    const found = new Set<Item>()
    for (const key of blocksOf(ranges)) for (const other of this.#blocks.get(key) ?? []) found.add(other)
    found.delete(item)
    return [...found]
  }
}

function* blocksOf(ranges: readonly IdRange[]): Generator<string> {
  for (const { clientId, clock, length } of ranges) {
    const last = Math.floor((clock + length - 1) / blockLength)
    for (let block = Math.floor(clock / blockLength); block <= last; block += 1) yield `${clientId} ${block}`
  }
}
