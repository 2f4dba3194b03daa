import type { Kysely } from 'kysely'
import { commitBatch } from './commit-batch.ts'
import { PendingWrites } from './pending-writes.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'
import type { Writer } from './writer-port.ts'
import type { WriteName, WritePayload, WriteRequest, WriteResult } from './writes.ts'

/** Writes to a database in memory, which no other thread can open; same batches, no thread. Does not own `db`. */
export class MemoryWriter implements Writer {
  readonly #db: Kysely<Schema>
  readonly #pending = new PendingWrites()
  #waiting: WriteRequest[] = []
  #committing: Promise<void> | undefined
  #closed = false

  constructor(db: Kysely<Schema>) {
    this.#db = db
  }

  write<Name extends WriteName>(name: Name, payload: WritePayload<Name>): Promise<WriteResult<Name>> {
    if (this.#closed) return Promise.reject(new StoreFailure('closed', 'the store was closed'))
    const { request, answer } = this.#pending.add(name, payload)
    // What the caller does with its bytes afterwards must not change what is stored.
    this.#waiting.push(structuredClone(request))
    this.#committing ??= this.#commitAll()
    return answer
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#committing
  }

  async #commitAll(): Promise<void> {
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      this.#pending.settle(await commitBatch(this.#db, batch))
    }
    this.#committing = undefined
  }
}
