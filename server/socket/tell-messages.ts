import type { Messages } from '#messages/messages.ts'
import type { Outbound } from './outbound/outbound.ts'

/** Tells what people write to each other to the connections of their session. Returns its undo. */
export function tellMessages(outbound: Outbound, messages: Messages): () => void {
  return messages.onChanged(({ sessionId, message }) => outbound.tell(sessionId, 'message.changed', message))
}
