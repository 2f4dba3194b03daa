/**
 * The latest entries of something that is told in order, for any number of readers. A reader is a number: the index of the entry that it
 * reads next. What all readers have read is let go of; past the bounds the oldest goes too, and `onDropped` is told of it.
 */
export class SharedLog<Entry extends { bytes: number }> {
  readonly #bounds: { entries: number; bytes: number }
  readonly #onDropped: (entry: Entry, index: number) => void
  #entries: Entry[] = []
  /** Index of `#entries[#start]`. */
  #first = 0
  /** Slots before it are free; they are cut off now and then instead of at every entry. */
  #start = 0
  #bytes = 0

  constructor(bounds: { entries: number; bytes: number }, onDropped: (entry: Entry, index: number) => void = () => {}) {
    this.#bounds = bounds
    this.#onDropped = onDropped
  }

  /** Index of the oldest entry that is still here. */
  get first(): number {
    return this.#first
  }

  /** Index that the next entry will have. */
  get end(): number {
    return this.#first + this.#entries.length - this.#start
  }

  append(entry: Entry): void {
    this.#entries.push(entry)
    this.#bytes += entry.bytes
    // The newest stays, however large it is: whoever is up to date has it next.
    while (this.end - this.#first > this.#bounds.entries || (this.#bytes > this.#bounds.bytes && this.end - this.#first > 1)) {
      const index = this.#first
      this.#onDropped(this.#removeFirst(), index)
    }
  }

  /** Entries from `index` on; `index` is not before `first`. */
  *from(index: number): Generator<Entry> {
    for (let at = index - this.#first + this.#start; at < this.#entries.length; at += 1) yield this.#at(at)
  }

  /** Nobody reads before `index` any more. */
  forget(index: number): void {
    while (this.#first < index && this.#first < this.end) this.#removeFirst()
  }

  #removeFirst(): Entry {
    const entry = this.#at(this.#start)
    this.#bytes -= entry.bytes
    this.#first += 1
    this.#start += 1
    if (this.#start === this.#entries.length || this.#start > this.#bounds.entries) {
      this.#entries = this.#entries.slice(this.#start)
      this.#start = 0
    }
    return entry
  }

  #at(slot: number): Entry {
    const entry = this.#entries[slot]
    if (entry === undefined) throw new Error('an entry that is not in the log was read')
    return entry
  }
}
