import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import { plainFailure, type PlainFailure } from './store-failure.ts'
import { runWrite, type WriteRequest } from './writes.ts'

export type WriteReply = { id: number } & ({ ok: true; value: unknown } | { ok: false; failure: PlainFailure })

/**
 * Commits many writes with one flush to disk. A write that fails is undone alone; when the transaction itself fails, all
 * of them do. Replies may be sent when this has resolved. Never rejects.
 */
export async function commitBatch(db: Kysely<Schema>, requests: readonly WriteRequest[]): Promise<WriteReply[]> {
  let transaction
  try {
    transaction = await db.startTransaction().execute()
    const replies: WriteReply[] = []
    for (const request of requests) {
      const inside = await transaction.savepoint('write').execute()
      try {
        const value = await runWrite(inside, request)
        await inside.releaseSavepoint('write').execute()
        replies.push({ id: request.id, ok: true, value })
      } catch (error) {
        // After a full disk SQLite may have ended the whole transaction; then this throws and the batch fails.
        await inside.rollbackToSavepoint('write').execute()
        await inside.releaseSavepoint('write').execute()
        replies.push({ id: request.id, ok: false, failure: plainFailure(error) })
      }
    }
    await transaction.commit().execute()
    return replies
  } catch (error) {
    await transaction
      ?.rollback()
      .execute()
      .catch(() => {})
    const failure = plainFailure(error)
    return requests.map(({ id }) => ({ id, ok: false, failure }))
  }
}
