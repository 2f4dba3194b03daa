import type { Kysely } from 'kysely'
import { messageOf } from './message-rows.ts'
import type { MessageStore } from './message-store.ts'
import type { Schema } from './schema.ts'

export function messageReads(db: Kysely<Schema>): Pick<MessageStore, 'message' | 'messages'> {
  return {
    async message(sessionId, messageId) {
      const row = await db
        .selectFrom('message')
        .selectAll()
        .where('session_id', '=', sessionId)
        .where('message_id', '=', messageId)
        .executeTakeFirst()
      return row && messageOf(row)
    },
    async messages(sessionId, before, limit) {
      const newest = db.selectFrom('message').selectAll().where('session_id', '=', sessionId).orderBy('number', 'desc')
      const rows = await (before === undefined ? newest : newest.where('number', '<', before)).limit(limit + 1).execute()
      return { messages: rows.slice(0, limit).toReversed().map(messageOf), hasOlder: rows.length > limit }
    },
  }
}
