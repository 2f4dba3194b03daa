import type { Message, MessagePage } from '#protocol/chat.ts'
import type { Failure } from '#protocol/failures.ts'

/** A message that is new, was edited or was deleted, as it is now. */
export type MessageChanged = { sessionId: string; message: Message }

export class MessageRefused extends Error {
  override name = 'MessageRefused'
  readonly code: Failure['code']
  constructor(code: Failure['code']) {
    super(code)
    this.code = code
  }
}

/** Who writes; in which session. */
type Writer = { sessionId: string; participantId: string }

/** What the people of a session write to each other. What is told is durable. Rejects with `MessageRefused` or `StoreFailure`. */
export interface Messages {
  /** An id that the same person has already sent in this session is answered with what it is now; any other that is taken is `denied`. */
  send(writer: Writer, message: { messageId: string; body: string }): Promise<Message>
  /** `denied` where it is somebody else's; a body that it already has changes nothing. */
  edit(writer: Writer, message: { messageId: string; body: string }): Promise<Message>
  /** `deletesAny`: also what others wrote. One that was deleted stays so. */
  remove(writer: Writer & { deletesAny: boolean }, messageId: string): Promise<Message>
  newest(sessionId: string): Promise<MessagePage>
  older(sessionId: string, before: number): Promise<MessagePage>
  onChanged(listener: (change: MessageChanged) => void): () => void
}
