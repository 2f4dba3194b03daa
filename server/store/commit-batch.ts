import type { ControlledTransaction, Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import { plainFailure, type PlainFailure } from './store-failure.ts'
import { runWrite, type WriteRequest } from './writes.ts'

export type WriteReply = { id: number } & ({ ok: true; value: unknown } | { ok: false; failure: PlainFailure })

/**
 * Commits many writes with one flush to disk. A write that fails is undone alone. Where the transaction itself is lost (on
 * a full disk SQLite ends it), the writes are tried one by one. Replies may be sent when this has resolved. Never rejects.
 */
export async function commitBatch(db: Kysely<Schema>, requests: readonly WriteRequest[]): Promise<WriteReply[]> {
  try {
    return await inTransaction(db, (transaction) => runAll(transaction, requests))
  } catch (error) {
    const [only] = requests
    if (only !== undefined && requests.length === 1) return [{ id: only.id, ok: false, failure: plainFailure(error) }]
  }
  // Rare enough that all is done again with a savepoint for each, instead of paying for those in every batch.
  try {
    return await inTransaction(db, (transaction) => runEach(transaction, requests))
  } catch {
    const replies: WriteReply[] = []
    for (const request of requests) replies.push(...(await commitBatch(db, [request])))
    return replies
  }
}

/** Rejects, with everything undone, where something failed. */
async function inTransaction<Value>(
  db: Kysely<Schema>,
  run: (transaction: ControlledTransaction<Schema>) => Promise<Value>,
): Promise<Value> {
  const transaction = await db.startTransaction().execute()
  try {
    const value = await run(transaction)
    await transaction.commit().execute()
    return value
  } catch (error) {
    await rollBack(transaction)
    throw error
  }
}

/** Rejects with what the first write that fails rejects with. */
async function runAll(db: Kysely<Schema>, requests: readonly WriteRequest[]): Promise<WriteReply[]> {
  const replies: WriteReply[] = []
  for (const request of requests) replies.push({ id: request.id, ok: true, value: await runWrite(db, request) })
  return replies
}

/** Undoes the writes that fail. Rejects where the transaction is lost. */
async function runEach(transaction: ControlledTransaction<Schema>, requests: readonly WriteRequest[]): Promise<WriteReply[]> {
  const replies: WriteReply[] = []
  for (const request of requests) {
    const inside = await transaction.savepoint('write').execute()
    try {
      const value = await runWrite(inside, request)
      await inside.releaseSavepoint('write').execute()
      replies.push({ id: request.id, ok: true, value })
    } catch (error) {
      try {
        await inside.rollbackToSavepoint('write').execute()
        await inside.releaseSavepoint('write').execute()
      } catch {
        throw error
      }
      replies.push({ id: request.id, ok: false, failure: plainFailure(error) })
    }
  }
  return replies
}

async function rollBack(transaction: ControlledTransaction<Schema>): Promise<void> {
  try {
    await transaction.rollback().execute()
  } catch {
    // SQLite has already rolled back.
  }
}
