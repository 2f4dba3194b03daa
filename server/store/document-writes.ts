import type { Kysely } from 'kysely'
import { dropUnusedBlobs, saveBlob } from './blob-writes.ts'
import { applyHunkEvents } from './hunk-writes.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'
import type { LogAppend } from './store.ts'

type Db = Kysely<Schema>

export async function append(db: Db, row: LogAppend): Promise<{ seq: number; repeated: boolean }> {
  if (row.pushId !== undefined) {
    const earlier = await db
      .selectFrom('document_update')
      .select('seq')
      .where('file_id', '=', row.fileId)
      .where('push_id', '=', row.pushId)
      .executeTakeFirst()
    if (earlier) return { seq: earlier.seq, repeated: true }
  }
  const document = await db
    .updateTable('document')
    .set(({ eb }) => {
      const next = eb('head_seq', '+', 1)
      const isTyped = row.pushId !== undefined && row.update !== undefined
      return { head_seq: next, ...(isTyped ? { typed_seq: next } : {}) }
    })
    .where('file_id', '=', row.fileId)
    .returning('head_seq as seq')
    .executeTakeFirst()
  if (!document) throw new StoreFailure('missing', `no document ${row.fileId}`)
  const { seq } = document
  if (row.afterSeq !== undefined && row.afterSeq !== seq - 1) {
    throw new StoreFailure('gap', `document ${row.fileId} is at ${seq - 1}, not at ${row.afterSeq}`)
  }
  await db
    .insertInto('document_update')
    .values({ file_id: row.fileId, seq, author: row.author, push_id: row.pushId ?? null, bytes: row.update ?? null })
    .execute()
  await applyHunkEvents(db, row.sessionId, row.hunkEvents ?? [])
  return { seq, repeated: false }
}

export async function reserveClient(
  db: Db,
  { fileId, clientId, owner }: { fileId: string; clientId: number; owner: string },
): Promise<void> {
  await db.insertInto('document_client').values({ file_id: fileId, client_id: clientId, owner }).execute()
}

export async function compact(
  db: Db,
  { fileId, compacted }: { fileId: string; compacted: { seq: number; snapshot: Uint8Array; text: string } },
): Promise<void> {
  const { seq, snapshot, text } = compacted
  const document = await db
    .selectFrom('document')
    .innerJoin('file', 'file.file_id', 'document.file_id')
    .select(['document.head_seq', 'document.snapshot_seq', 'file.text_hash'])
    .where('document.file_id', '=', fileId)
    .executeTakeFirst()
  if (!document) throw new StoreFailure('missing', `no document ${fileId}`)
  if (seq > document.head_seq) throw new StoreFailure('gap', `document ${fileId} is at ${document.head_seq}, not at ${seq}`)
  // A snapshot that came later than a newer one holds nothing of value.
  if (seq <= document.snapshot_seq) return
  await db
    .insertInto('document_snapshot')
    .values({ file_id: fileId, seq, bytes: snapshot })
    .onConflict((conflict) => conflict.column('file_id').doUpdateSet({ seq, bytes: snapshot }))
    .execute()
  await db.updateTable('document').set({ snapshot_seq: seq }).where('file_id', '=', fileId).execute()
  await db.deleteFrom('document_update').where('file_id', '=', fileId).where('seq', '<=', seq).execute()
  const bytes = new TextEncoder().encode(text)
  const hash = await saveBlob(db, bytes)
  await db
    .updateTable('file')
    .set({ text_hash: hash, text_seq: seq, bytes: bytes.byteLength })
    .where('file_id', '=', fileId)
    .execute()
  await dropUnusedBlobs(db, [document.text_hash])
}
