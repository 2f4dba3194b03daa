/** Runs the tasks of one key one after the other; those of different keys at the same time. */
export class KeyedQueue {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<Value>(key: string, task: () => Promise<Value>): Promise<Value> {
    const before = this.#last.get(key) ?? Promise.resolve()
    const result = before.then(task)
    const done = result.catch(() => {})
    this.#last.set(key, done)
    try {
      return await result
    } finally {
      if (this.#last.get(key) === done) this.#last.delete(key)
    }
  }
}
