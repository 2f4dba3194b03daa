import type { Kysely } from 'kysely'
import { hunkOf } from './hunk-rows.ts'
import type { Schema } from './schema.ts'
import type { Store, StoredHunk } from './store.ts'

/** SQLite takes a limited number of parameters per statement. */
const idsPerQuery = 500

/** All in the order in which the hunks were opened, except `hunksById`, which keeps the order of the ids. */
export function hunkReads(
  db: Kysely<Schema>,
): Pick<Store, 'hunks' | 'hunksById' | 'begunHunks' | 'hunksOfTurn' | 'hunksOfFile'> {
  const all = () => db.selectFrom('hunk').selectAll().orderBy('number')
  return {
    async hunks(sessionId) {
      return (await all().where('session_id', '=', sessionId).execute()).map(hunkOf)
    },
    async hunksOfTurn(turnId) {
      return (await all().where('turn_id', '=', turnId).execute()).map(hunkOf)
    },
    async hunksOfFile(sessionId, fileId) {
      return (await all().where('session_id', '=', sessionId).where('file_id', '=', fileId).execute()).map(hunkOf)
    },
    async begunHunks() {
      return (await all().where('state', '=', 'settled').where('decided_by', 'is not', null).execute()).map(hunkOf)
    },
    async hunksById(hunkIds) {
      const found = new Map<string, StoredHunk>()
      for (let from = 0; from < hunkIds.length; from += idsPerQuery) {
        const rows = await all()
          .where('hunk_id', 'in', hunkIds.slice(from, from + idsPerQuery))
          .execute()
        for (const row of rows) found.set(row.hunk_id, hunkOf(row))
      }
      return hunkIds.flatMap((hunkId) => found.get(hunkId) ?? [])
    },
  }
}
