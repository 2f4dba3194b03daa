import type { Reply } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'
import type { ChatEvent } from './chat-state.ts'
import type { Clock } from './clock.ts'
import type { Connection } from './connection.ts'
import type { OutgoingMessages } from './outgoing-messages.ts'

/** What a person can do with messages to the others. */
export type ChatActions = {
  /** Never refused: it shows as on its way, and as failed where the server did not take it. */
  sendMessage(body: string): void
  resendMessage(messageId: string): void
  discardMessage(messageId: string): void
  editMessage(messageId: string, body: string): Promise<Result<Reply<'message.edit'>>>
  deleteMessage(messageId: string): Promise<Result<Reply<'message.delete'>>>
  loadOlderMessages(before: number): Promise<Result<Reply<'messages.older'>>>
}

export function createChatActions(
  connection: Connection,
  outgoing: OutgoingMessages,
  { clock, newId, fold }: { clock: Clock; newId(): string; fold(event: ChatEvent): void },
): ChatActions {
  return {
    sendMessage: (body) => outgoing.add({ messageId: newId(), body, writtenAt: clock.now() }),
    resendMessage: (messageId) => outgoing.retry(messageId),
    discardMessage: (messageId) => outgoing.discard(messageId),
    async editMessage(messageId, body) {
      const answer = await connection.request('message.edit', { messageId, body })
      if (answer.ok) fold({ type: 'message.changed', message: answer.value })
      return answer
    },
    async deleteMessage(messageId) {
      const answer = await connection.request('message.delete', { messageId })
      if (answer.ok) fold({ type: 'message.changed', message: answer.value })
      return answer
    },
    async loadOlderMessages(before) {
      const answer = await connection.request('messages.older', { before })
      if (answer.ok) fold({ type: 'messages.older', page: answer.value })
      return answer
    },
  }
}
