import type { Message, MessagePage } from '#protocol/chat.ts'

/** What people wrote to each other; the part of `Store` that `server/messages` uses. */
export interface MessageStore {
  /**
   * Numbers and stores a message; `createdAt` is moved on where it would be before that of the last one. An id that is known stores
   * nothing and gives back what is there, also where it belongs to another session. Rejects with `full` where the session has `most` of them.
   */
  createMessage(
    sessionId: string,
    message: Pick<Message, 'messageId' | 'author' | 'body' | 'createdAt'>,
    most: number,
  ): Promise<{ sessionId: string; message: Message; repeated: boolean }>
  /** Gives a message another body. Rejects with `missing` where there is none, or it was deleted. */
  editMessage(sessionId: string, messageId: string, change: { body: string; editedAt: number }): Promise<Message>
  /** Forgets what a message said; its place stays. */
  deleteMessage(sessionId: string, messageId: string): Promise<Message>
  message(sessionId: string, messageId: string): Promise<Message | undefined>
  /** The newest messages before a number, at most `limit` of them. */
  messages(sessionId: string, before: number | undefined, limit: number): Promise<MessagePage>
}
