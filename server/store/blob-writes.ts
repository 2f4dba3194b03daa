import { createHash } from 'node:crypto'
import { sql, type Kysely, type RawBuilder } from 'kysely'
import type { Schema } from './schema.ts'

type Db = Kysely<Schema>

/** What a file holds: its bytes, or the SHA-256 in hex of bytes that are stored already. */
export type Content = Uint8Array | string

/** How much one sweep takes away at most; a blob larger than that is one sweep. */
const sweptBytes = 2 * 1024 * 1024
const sweptBlobs = 100

/** Stores bytes once, however many files name them. Returns their SHA-256 in hex. */
export async function saveBlob(db: Db, content: Content): Promise<string> {
  if (typeof content === 'string') return content
  const sha256 = createHash('sha256').update(content).digest('hex')
  await db
    .insertInto('blob')
    .values({ sha256, bytes: content })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return sha256
}

/** Stores bytes that nothing names yet. They stay until the next sweep. Returns their SHA-256 in hex, in the same order. */
export async function saveLooseBlobs(db: Db, { contents }: { contents: Uint8Array[] }): Promise<string[]> {
  const hashes: string[] = []
  for (const bytes of contents) hashes.push(await saveBlob(db, bytes))
  await loosenBlobs(db, sql`select value from json_each(${JSON.stringify(hashes)})`)
  return hashes
}

/** Leaves those of `hashes` (a query of one column) that lose a name here to a later sweep: looking at many takes long. */
export async function loosenBlobs(db: Db, hashes: RawBuilder<unknown>): Promise<void> {
  // `where true`: else SQLite takes `on` for a join's.
  await sql`insert into loose_blob (sha256) select * from (${hashes}) where true on conflict do nothing`.execute(db)
}

/** Deletes some of the loose blobs that no file, no checkpoint and no zip names. Returns whether there are more to look at. */
export async function sweepBlobs(db: Db): Promise<boolean> {
  const loose = await db
    .selectFrom('loose_blob')
    .innerJoin('blob', 'blob.sha256', 'loose_blob.sha256')
    .select(['blob.sha256', sql<number>`length(blob.bytes)`.as('bytes')])
    .limit(sweptBlobs)
    .execute()
  let bytes = 0
  const swept = loose.filter((blob, index) => (bytes += blob.bytes) <= sweptBytes || index === 0)
  const hashes = sql`(select value from json_each(${JSON.stringify(swept.map(({ sha256 }) => sha256))}))`
  await sql`delete from loose_blob where sha256 in ${hashes}`.execute(db)
  await sql`
    delete from blob where sha256 in ${hashes}
      and not exists (select 1 from file where text_hash = blob.sha256)
      and not exists (select 1 from checkpoint_file where text_hash = blob.sha256)
      and not exists (select 1 from base_file where text_hash = blob.sha256)`.execute(db)
  return loose.length === sweptBlobs || swept.length < loose.length
}
