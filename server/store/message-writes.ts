import type { Kysely, Updateable } from 'kysely'
import type { Message } from '#protocol/chat.ts'
import { messageOf } from './message-rows.ts'
import type { MessageStore } from './message-store.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'

type Db = Kysely<Schema>

export async function createMessage(
  db: Db,
  { sessionId, message, most }: { sessionId: string; message: Parameters<MessageStore['createMessage']>[1]; most: number },
): Promise<{ sessionId: string; message: Message; repeated: boolean }> {
  const { messageId, author, body, createdAt } = message
  const known = await db.selectFrom('message').selectAll().where('message_id', '=', messageId).executeTakeFirst()
  if (known) return { sessionId: known.session_id, message: messageOf(known), repeated: true }
  const last = await db
    .selectFrom('message')
    .select(['number', 'created_at'])
    .where('session_id', '=', sessionId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (last && last.number >= most) throw new StoreFailure('full', `session ${sessionId} has ${last.number} messages`)
  const row = {
    message_id: messageId,
    number: (last?.number ?? 0) + 1,
    author,
    body,
    created_at: Math.max(createdAt, last?.created_at ?? 0),
    edited_at: null,
    deleted: 0,
  }
  await db
    .insertInto('message')
    .values({ session_id: sessionId, ...row })
    .execute()
  return { sessionId, message: messageOf(row), repeated: false }
}

export async function editMessage(
  db: Db,
  { sessionId, messageId, change }: { sessionId: string; messageId: string; change: { body: string; editedAt: number } },
): Promise<Message> {
  return changed(db, sessionId, messageId, { body: change.body, edited_at: change.editedAt })
}

export async function deleteMessage(
  db: Db,
  { sessionId, messageId }: { sessionId: string; messageId: string },
): Promise<Message> {
  return changed(db, sessionId, messageId, { body: '', edited_at: null, deleted: 1 })
}

async function changed(db: Db, sessionId: string, messageId: string, columns: Updateable<Schema['message']>): Promise<Message> {
  const row = await db
    .updateTable('message')
    .set(columns)
    .where('session_id', '=', sessionId)
    .where('message_id', '=', messageId)
    .where('deleted', '=', 0)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new StoreFailure('missing', `no message ${messageId} in session ${sessionId}`)
  return messageOf(row)
}
