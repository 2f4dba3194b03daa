import { sql, type Kysely } from 'kysely'
import type { NewZipBase } from './base-records.ts'
import { loosenBlobs, saveBlob, type Content } from './blob-writes.ts'
import type { Schema } from './schema.ts'

type Db = Kysely<Schema>

export async function saveZipBase(
  db: Db,
  { sessionId, base, files }: { sessionId: string } & NewZipBase<Content>,
): Promise<void> {
  const { baseId, name, addedBy, addedAt } = base
  await db
    .insertInto('base')
    .values({ base_id: baseId, session_id: sessionId, name, added_by: addedBy, added_at: addedAt })
    .execute()
  const rows = []
  for (const { file, bytes } of files) rows.push({ ...file, hash: await saveBlob(db, bytes) })
  await sql`
    insert into base_file (base_id, file_id, path, kind, line_ending, text_hash)
    select ${baseId}, value ->> 'fileId', value ->> 'path', value ->> 'kind', value ->> 'lineEnding', value ->> 'hash'
    from json_each(${JSON.stringify(rows)})`.execute(db)
}

export async function removeZipBase(db: Db, { sessionId, baseId }: { sessionId: string; baseId: string }): Promise<boolean> {
  await loosenBlobs(
    db,
    sql`select text_hash from base_file join base using (base_id) where base_id = ${baseId} and session_id = ${sessionId}`,
  )
  const { numDeletedRows } = await db
    .deleteFrom('base')
    .where('base_id', '=', baseId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
