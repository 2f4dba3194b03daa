import type { Messages } from '#messages/messages.ts'
import { permits } from '#protocol/roles.ts'
import type { Caller, Handlers } from './connection.ts'

export function createMessageHandlers(
  messages: Messages,
): Pick<Handlers, 'message.send' | 'message.edit' | 'message.delete' | 'messages.older'> {
  return {
    'message.send': (caller, message) => messages.send(writerOf(caller), message),
    'message.edit': (caller, message) => messages.edit(writerOf(caller), message),
    'message.delete': (caller, { messageId }) =>
      messages.remove({ ...writerOf(caller), deletesAny: permits(caller.participant.role, 'owner') }, messageId),
    'messages.older': ({ sessionId }, { before }) => messages.older(sessionId, before),
  }
}

function writerOf({ sessionId, participant: { participantId } }: Caller) {
  return { sessionId, participantId }
}
