import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import { linkOf, participantOf } from './sharing-rows.ts'
import type { Store } from './store.ts'

type SharingReads = Pick<Store, 'participants' | 'participantByRecovery' | 'links'>

export function sharingReads(db: Kysely<Schema>): SharingReads {
  return {
    async participants(sessionId) {
      const rows = await db
        .selectFrom('participant')
        .selectAll()
        .where('session_id', '=', sessionId)
        .orderBy('joined_at')
        .orderBy('participant_id')
        .execute()
      return rows.map(participantOf)
    },

    async participantByRecovery(recoveryHash) {
      const row = await db
        .selectFrom('participant')
        .select(['session_id', 'participant_id'])
        .where('recovery_hash', '=', recoveryHash)
        .executeTakeFirst()
      return row && { sessionId: row.session_id, participantId: row.participant_id }
    },

    async links(sessionId) {
      const rows = await db
        .selectFrom('link')
        .selectAll()
        .where('session_id', '=', sessionId)
        .orderBy('created_at', 'desc')
        .orderBy('link_id')
        .execute()
      return rows.map(linkOf)
    },
  }
}
