import type { Store } from '#store/store.ts'

/** Numbers the turns of each session 1, 2, … */
export class TurnNumbers {
  readonly #store: Store
  readonly #last = new Map<string, Promise<number>>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Rejects with `StoreFailure`. */
  next(sessionId: string): Promise<number> {
    const next = (this.#last.get(sessionId) ?? this.#stored(sessionId)).then((last) => last + 1)
    this.#last.set(sessionId, next)
    next.catch(() => this.#last.delete(sessionId))
    return next
  }

  async #stored(sessionId: string): Promise<number> {
    return Math.max(0, ...(await this.#store.turns(sessionId)).map(({ number }) => number))
  }
}
