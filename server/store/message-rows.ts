import type { Selectable } from 'kysely'
import type { Message } from '#protocol/chat.ts'
import type { Schema } from './schema.ts'

export function messageOf(row: Omit<Selectable<Schema['message']>, 'session_id'>): Message {
  return {
    messageId: row.message_id,
    number: row.number,
    author: row.author,
    body: row.body,
    createdAt: row.created_at,
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    ...(row.deleted === 0 ? {} : { deleted: true as const }),
  }
}
