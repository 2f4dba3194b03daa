/**
 * Append-only text kept as the pieces in which it came, so that appending is O(1) and reading a slice costs its own length.
 * Offsets are UTF-16 units.
 */
export class ChunkedText {
  readonly #chunks: string[] = []
  readonly #starts: number[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  append(text: string): void {
    if (text === '') return
    this.#chunks.push(text)
    this.#starts.push(this.#length)
    this.#length += text.length
  }

  /** The units from `from` up to, not including, `to`. */
  slice(from: number, to: number): string {
    const end = Math.min(to, this.#length)
    if (from >= end) return ''
    let index = this.#chunkAt(from)
    const first = this.#chunks[index] ?? ''
    const start = this.#starts[index] ?? 0
    if (start + first.length >= end) return first.slice(from - start, end - start)
    const parts = [first.slice(from - start)]
    for (let at = start + first.length; at < end;) {
      index += 1
      const chunk = this.#chunks[index] ?? ''
      parts.push(at + chunk.length > end ? chunk.slice(0, end - at) : chunk)
      at += chunk.length
    }
    return parts.join('')
  }

  /** A text of its own that ends there. */
  upTo(end: number): ChunkedText {
    const text = new ChunkedText()
    text.append(this.slice(0, end))
    return text
  }

  #chunkAt(offset: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return low
  }
}
