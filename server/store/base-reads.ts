import type { Kysely } from 'kysely'
import { checkpointAt, checkpointOf } from './checkpoint-reads.ts'
import type { BaseFiles, BaseStore } from './base-records.ts'
import type { Schema } from './schema.ts'

export function baseReads(db: Kysely<Schema>): Pick<BaseStore, 'zipBases' | 'baseFiles'> {
  return {
    async zipBases(sessionId) {
      const rows = await db
        .selectFrom('base')
        .select((row) => [
          'base_id as baseId',
          'name',
          'added_by as addedBy',
          'added_at as addedAt',
          row
            .selectFrom('base_file')
            .whereRef('base_file.base_id', '=', 'base.base_id')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .as('files'),
        ])
        .where('session_id', '=', sessionId)
        .orderBy('added_at')
        .orderBy('base_id')
        .execute()
      return rows.map((row) => ({ ...row, files: row.files ?? 0 }))
    },

    async baseFiles(sessionId, baseId) {
      if (baseId === 'start') return startOf(db, sessionId)
      const found = (await checkpointOf(db, baseId)) ?? (await zipOf(db, baseId))
      return found?.sessionId === sessionId ? found : undefined
    },
  }
}

async function startOf(db: Kysely<Schema>, sessionId: string): Promise<BaseFiles | undefined> {
  const session = await db.selectFrom('session').select('has_start').where('session_id', '=', sessionId).executeTakeFirst()
  return session?.has_start === 1 ? checkpointAt(db, sessionId, 0) : undefined
}

async function zipOf(db: Kysely<Schema>, baseId: string): Promise<BaseFiles | undefined> {
  const base = await db.selectFrom('base').select('session_id').where('base_id', '=', baseId).executeTakeFirst()
  if (base === undefined) return undefined
  const files = await db
    .selectFrom('base_file')
    .innerJoin('blob', 'blob.sha256', 'base_file.text_hash')
    .select(['file_id as fileId', 'path', 'kind', 'line_ending as lineEnding', 'text_hash as hash'])
    .select((row) => row.fn<number>('length', ['blob.bytes']).as('bytes'))
    .where('base_id', '=', baseId)
    .orderBy('path')
    .execute()
  return { sessionId: base.session_id, files }
}
