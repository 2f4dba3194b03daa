import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/** Stores bytes once, however many files name them. Returns their SHA-256 in hex. */
export async function saveBlob(db: Kysely<Schema>, bytes: Uint8Array): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  await db
    .insertInto('blob')
    .values({ sha256, bytes })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return sha256
}

/** Deletes those of `hashes` that no file, no checkpoint and no zip names any more. */
export async function dropUnusedBlobs(db: Kysely<Schema>, hashes: Iterable<string>): Promise<void> {
  for (const sha256 of new Set(hashes)) {
    await db
      .deleteFrom('blob')
      .where('sha256', '=', sha256)
      .where((blob) => blob.not(blob.exists(blob.selectFrom('file').select('file_id').where('text_hash', '=', sha256))))
      .where((blob) =>
        blob.not(blob.exists(blob.selectFrom('checkpoint_file').select('file_id').where('text_hash', '=', sha256))),
      )
      .where((blob) => blob.not(blob.exists(blob.selectFrom('base_file').select('file_id').where('text_hash', '=', sha256))))
      .execute()
  }
}
