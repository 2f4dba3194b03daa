/** A map that forgets its oldest entries. */
export class Recent<Key, Value> {
  readonly #most: number
  readonly #entries = new Map<Key, Value>()

  constructor(most: number) {
    this.#most = most
  }

  set(key: Key, value: Value): void {
    this.#entries.set(key, value)
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#most) break
      this.#entries.delete(oldest)
    }
  }

  get(key: Key): Value | undefined {
    return this.#entries.get(key)
  }
}
