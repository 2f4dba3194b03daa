import type { Kysely } from 'kysely'
import { fileOf, sessionOf } from './session-rows.ts'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

type SessionReads = Pick<Store, 'session' | 'sessionsOf' | 'files' | 'folders' | 'file' | 'visit' | 'texts'>

const fileColumns = ['file_id', 'path', 'kind', 'line_ending', 'bytes', 'proposed_by'] as const

export function sessionReads(db: Kysely<Schema>): SessionReads {
  return {
    async session(sessionId) {
      const row = await db.selectFrom('session').selectAll().where('session_id', '=', sessionId).executeTakeFirst()
      return row && sessionOf(row)
    },

    async sessionsOf(visitId) {
      const rows = await db
        .selectFrom('participant')
        .innerJoin('session', 'session.session_id', 'participant.session_id')
        .selectAll('session')
        .select('participant.opened_at')
        .select((member) => [
          member
            .selectFrom('file')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .whereRef('file.session_id', '=', 'session.session_id')
            .as('files'),
          member
            .selectFrom('turn')
            .select(({ fn }) => fn.countAll<number>().as('count'))
            .whereRef('turn.session_id', '=', 'session.session_id')
            .as('turns'),
        ])
        .where('participant.visit_id', '=', visitId)
        .where('participant.standing', '=', 'member')
        .orderBy('participant.opened_at', 'desc')
        .orderBy('session.session_id')
        .execute()
      return rows.map((row) => ({
        session: sessionOf(row),
        files: row.files ?? 0,
        turns: row.turns ?? 0,
        openedAt: row.opened_at,
      }))
    },

    async files(sessionId) {
      const rows = await db.selectFrom('file').select(fileColumns).where('session_id', '=', sessionId).orderBy('path').execute()
      return rows.map(fileOf)
    },

    async folders(sessionId) {
      const rows = await db.selectFrom('folder').select('path').where('session_id', '=', sessionId).orderBy('path').execute()
      return rows.map(({ path }) => path)
    },

    async file(sessionId, fileId) {
      const row = await db
        .selectFrom('file')
        .select(fileColumns)
        .where('file_id', '=', fileId)
        .where('session_id', '=', sessionId)
        .executeTakeFirst()
      return row && fileOf(row)
    },

    async visit(visitId) {
      const row = await db.selectFrom('visit').select('visit_id').where('visit_id', '=', visitId).executeTakeFirst()
      return row && { visitId: row.visit_id }
    },

    async texts(sessionId) {
      const rows = await db
        .selectFrom('file')
        .innerJoin('document', 'document.file_id', 'file.file_id')
        .innerJoin('blob', 'blob.sha256', 'file.text_hash')
        .select(['file.file_id', 'file.text_seq', 'document.head_seq', 'blob.bytes'])
        .where('file.session_id', '=', sessionId)
        .orderBy('file.path')
        .execute()
      const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
      return rows.map((row) => ({
        fileId: row.file_id,
        text: decoder.decode(row.bytes),
        seq: row.text_seq,
        tail: row.head_seq > row.text_seq,
      }))
    },
  }
}
