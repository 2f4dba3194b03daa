import type { Message } from '#protocol/chat.ts'
import { mentionedIn } from './message-names.ts'

/** `first`: number of the first one. */
export type Unread = { count: number; mentions: number; first: number | undefined }

/** What came after the message with the number `read`. */
export function unreadIn(messages: readonly Message[], read: number, you: string | undefined): Unread {
  const unread = messages.filter((message) => message.number > read && message.author !== you && !message.deleted)
  const mentions = unread.filter(({ body }) => you !== undefined && mentionedIn(body).has(you)).length
  return { count: unread.length, mentions, first: unread[0]?.number }
}
