import type { WriteReply } from './commit-batch.ts'
import { storeFailure, type StoreFailure } from './store-failure.ts'
import type { WriteName, WritePayload, WriteRequest, WriteResult } from './writes.ts'

type Waiting = { resolve: (value: unknown) => void; reject: (failure: StoreFailure) => void }

/** Writes that were sent and not yet answered. */
export class PendingWrites {
  readonly #waiting = new Map<number, Waiting>()
  #nextId = 1

  /** Makes the request for a write and the promise of its answer. */
  add<Name extends WriteName>(
    name: Name,
    payload: WritePayload<Name>,
  ): { request: WriteRequest; answer: Promise<WriteResult<Name>> } {
    const id = this.#nextId++
    const answer = new Promise<WriteResult<Name>>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
    })
    return { request: { id, name, payload } as WriteRequest, answer }
  }

  settle(replies: readonly WriteReply[]): void {
    for (const reply of replies) {
      const waiting = this.#waiting.get(reply.id)
      this.#waiting.delete(reply.id)
      if (reply.ok) waiting?.resolve(reply.value)
      else waiting?.reject(storeFailure(reply.failure))
    }
  }

  failAll(failure: StoreFailure): void {
    const all = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const waiting of all) waiting.reject(failure)
  }
}
