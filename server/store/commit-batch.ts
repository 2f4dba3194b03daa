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
    return await commitTogether(db, requests)
  } catch (error) {
    const failure = plainFailure(error)
    if (requests.length === 1) return requests.map(({ id }) => ({ id, ok: false, failure }))
    const replies: WriteReply[] = []
    for (const request of requests) replies.push(...(await commitBatch(db, [request])))
    return replies
  }
}

/** Rejects, with everything undone, where the transaction could not be committed. */
async function commitTogether(db: Kysely<Schema>, requests: readonly WriteRequest[]): Promise<WriteReply[]> {
  const transaction = await db.startTransaction().execute()
  try {
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
    await transaction.commit().execute()
    return replies
  } catch (error) {
    await rollBack(transaction)
    throw error
  }
}

async function rollBack(transaction: ControlledTransaction<Schema>): Promise<void> {
  try {
    await transaction.rollback().execute()
  } catch {
    // SQLite has already rolled back.
  }
}
