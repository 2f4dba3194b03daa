import type { Kysely } from 'kysely'
import { hunkOf } from './hunk-rows.ts'
import { fileOf } from './session-rows.ts'
import type { Schema } from './schema.ts'
import type { Checkpoint, Store } from './store.ts'

export function checkpointReads(
  db: Kysely<Schema>,
): Pick<Store, 'checkpoint' | 'fileVersions' | 'fileVersion' | 'blob' | 'hunksSince'> {
  const versions = () =>
    db
      .selectFrom('file')
      .leftJoin('document', 'document.file_id', 'file.file_id')
      .select((row) => [
        'file.file_id as fileId',
        'file.text_hash as hash',
        'file.text_seq as seq',
        row.fn.coalesce('document.head_seq', row.lit(0)).as('headSeq'),
        row.fn.coalesce('document.typed_seq', row.lit(0)).as('typedSeq'),
      ])
  return {
    checkpoint: (turnId) => checkpointOf(db, turnId),

    async fileVersions(sessionId) {
      return versions().where('file.session_id', '=', sessionId).orderBy('file.path').execute()
    },

    async fileVersion(fileId) {
      return versions().where('file.file_id', '=', fileId).executeTakeFirst()
    },

    async blob(hash) {
      const row = await db.selectFrom('blob').select('bytes').where('sha256', '=', hash).executeTakeFirst()
      return row && new Uint8Array(row.bytes)
    },

    async hunksSince(sessionId, order) {
      const rows = await db
        .selectFrom('hunk')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('checkpoint', '>=', order)
        .orderBy('number')
        .execute()
      return rows.map(hunkOf)
    },
  }
}

export async function checkpointOf(db: Kysely<Schema>, turnId: string): Promise<Checkpoint | undefined> {
  const turn = await db.selectFrom('turn').select(['session_id', 'checkpoint']).where('turn_id', '=', turnId).executeTakeFirst()
  if (turn === undefined || turn.checkpoint === null) return undefined
  return checkpointAt(db, turn.session_id, turn.checkpoint)
}

/** All files as they were at a place in the order of a session's checkpoints; 0 is what it began with. */
export async function checkpointAt(db: Kysely<Schema>, sessionId: string, order: number): Promise<Checkpoint> {
  const rows = await db
    .selectFrom('checkpoint_file')
    .innerJoin('blob', 'blob.sha256', 'checkpoint_file.text_hash')
    .select(['file_id', 'path', 'kind', 'line_ending', 'proposed_by', 'text_hash', 'seq'])
    .select((row) => row.fn<number>('length', ['blob.bytes']).as('bytes'))
    .where('session_id', '=', sessionId)
    .where('from_checkpoint', '<=', order)
    .where((row) => row.or([row('until_checkpoint', 'is', null), row('until_checkpoint', '>', order)]))
    .orderBy('path')
    .execute()
  return { sessionId, order, files: rows.map(({ text_hash: hash, seq, ...row }) => ({ ...fileOf(row), hash, seq })) }
}
