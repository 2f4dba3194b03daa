import { sql, type Kysely } from 'kysely'
import { loosenBlobs, saveBlob } from './blob-writes.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'
import type { NewSnapshot, Snapshot } from './store.ts'

type Db = Kysely<Schema>

/** Rows that stay although a snapshot covers them: for pushes that come again, and for tabs that missed some. */
const keptRows = 500
const keptBytes = 1024 * 1024

export async function saveSnapshot(
  db: Db,
  { fileId, snapshot: { seq, text, seed, ...snapshot } }: { fileId: string; snapshot: NewSnapshot },
): Promise<void> {
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
  if (seed) await insertSnapshot(db, fileId, 0, seed)
  await insertSnapshot(db, fileId, seq, snapshot)
  await db.updateTable('document').set({ snapshot_seq: seq }).where('file_id', '=', fileId).execute()
  const bytes = new TextEncoder().encode(text)
  const hash = await saveBlob(db, bytes)
  await db
    .updateTable('file')
    .set({ text_hash: hash, text_seq: seq, bytes: bytes.byteLength })
    .where('file_id', '=', fileId)
    .execute()
  if (hash !== document.text_hash) await loosenBlobs(db, sql`select ${document.text_hash}`)
}

async function insertSnapshot(db: Db, fileId: string, seq: number, { bytes, holds }: Snapshot): Promise<void> {
  await db
    .insertInto('document_snapshot')
    .values({
      file_id: fileId,
      seq,
      bytes,
      state_vector: holds?.stateVector ?? null,
      text_hash: holds?.textHash ?? null,
    })
    .execute()
}

export async function pruneDocument(db: Db, { fileId, verifiedSeq }: { fileId: string; verifiedSeq: number }): Promise<void> {
  const before = await db
    .selectFrom('document_snapshot')
    .select('seq')
    .where('file_id', '=', fileId)
    .where('seq', '<', verifiedSeq)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  if (!before) return
  await db.deleteFrom('document_snapshot').where('file_id', '=', fileId).where('seq', '<', before.seq).execute()
  await sql`
    delete from document_update where file_id = ${fileId} and seq <= min(${before.seq}, coalesce((
      select max(seq) from (
        select seq, row_number() over newest as rows, sum(coalesce(length(bytes), 0)) over newest as bytes
        from document_update where file_id = ${fileId} window newest as (order by seq desc))
      where rows > ${keptRows} or bytes > ${keptBytes}), 0))`.execute(db)
}

export async function dropSnapshot(db: Db, { fileId, seq }: { fileId: string; seq: number }): Promise<void> {
  await db.deleteFrom('document_snapshot').where('file_id', '=', fileId).where('seq', '=', seq).execute()
  const newest = await db
    .selectFrom('document_snapshot')
    .select('seq')
    .where('file_id', '=', fileId)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
  if (!newest) throw new StoreFailure('refused', `document ${fileId} has no other snapshot`)
  await db.updateTable('document').set({ snapshot_seq: newest.seq }).where('file_id', '=', fileId).execute()
}
