import type { Kysely } from 'kysely'
import type { NewZipBase } from './base-records.ts'
import { dropUnusedBlobs, saveBlob } from './blob-writes.ts'
import type { Schema } from './schema.ts'

type Db = Kysely<Schema>

export async function saveZipBase(db: Db, { sessionId, base, files }: { sessionId: string } & NewZipBase): Promise<void> {
  const { baseId, name, addedBy, addedAt } = base
  await db
    .insertInto('base')
    .values({ base_id: baseId, session_id: sessionId, name, added_by: addedBy, added_at: addedAt })
    .execute()
  for (const { file, bytes } of files) {
    await db
      .insertInto('base_file')
      .values({
        base_id: baseId,
        file_id: file.fileId,
        path: file.path,
        kind: file.kind,
        line_ending: file.lineEnding,
        text_hash: await saveBlob(db, bytes),
      })
      .execute()
  }
}

export async function removeZipBase(db: Db, { sessionId, baseId }: { sessionId: string; baseId: string }): Promise<boolean> {
  const hashes = await db
    .selectFrom('base_file')
    .innerJoin('base', 'base.base_id', 'base_file.base_id')
    .select('base_file.text_hash')
    .where('base.base_id', '=', baseId)
    .where('base.session_id', '=', sessionId)
    .execute()
  const { numDeletedRows } = await db
    .deleteFrom('base')
    .where('base_id', '=', baseId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  await dropUnusedBlobs(
    db,
    hashes.map((row) => row.text_hash),
  )
  return numDeletedRows > 0n
}
