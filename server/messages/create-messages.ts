import type { Logger } from 'pino'
import type { Message } from '#protocol/chat.ts'
import { limits } from '#protocol/limits.ts'
import type { MessageStore } from '#store/message-store.ts'
import { StoreFailure } from '#store/store-failure.ts'
import { MessageRefused, type MessageChanged, type Messages } from './messages.ts'

/** How many messages a snapshot, and a page of older ones, hold. */
const pageLength = 50

/** Serves the messages of all sessions. `now` gives epoch milliseconds. */
export function createMessages({
  store,
  now,
  log,
}: {
  store: MessageStore
  now: () => number
  log: Pick<Logger, 'error'>
}): Messages {
  const listeners = new Set<(change: MessageChanged) => void>()

  function tell(change: MessageChanged): void {
    for (const listener of listeners) {
      try {
        listener(change)
      } catch (error) {
        log.error({ err: error, sessionId: change.sessionId }, 'a listener of message events failed')
      }
    }
  }

  async function known(sessionId: string, messageId: string): Promise<Message> {
    const message = await store.message(sessionId, messageId)
    if (message === undefined) throw new MessageRefused('not_found')
    return message
  }

  /** One that was deleted while it was being changed is not there any more. */
  async function changed(sessionId: string, change: Promise<Message>): Promise<Message> {
    const message = await change.catch((error: unknown) => {
      throw error instanceof StoreFailure && error.code === 'missing' ? new MessageRefused('not_found') : error
    })
    tell({ sessionId, message })
    return message
  }

  return {
    async send({ sessionId, participantId }, { messageId, body }) {
      const sent = { messageId, author: participantId, body, createdAt: now() }
      const stored = await store.createMessage(sessionId, sent, limits.messagesPerSession).catch((error: unknown) => {
        throw error instanceof StoreFailure && error.code === 'full' ? new MessageRefused('limit_reached') : error
      })
      const { message, repeated } = stored
      if (stored.sessionId !== sessionId || message.author !== participantId) throw new MessageRefused('denied')
      if (!repeated) tell({ sessionId, message })
      return message
    },
    async edit({ sessionId, participantId }, { messageId, body }) {
      const message = await known(sessionId, messageId)
      if (message.author !== participantId) throw new MessageRefused('denied')
      if (message.deleted) throw new MessageRefused('not_found')
      if (message.body === body) return message
      return changed(sessionId, store.editMessage(sessionId, messageId, { body, editedAt: now() }))
    },
    async remove({ sessionId, participantId, deletesAny }, messageId) {
      const message = await known(sessionId, messageId)
      if (message.author !== participantId && !deletesAny) throw new MessageRefused('denied')
      return message.deleted ? message : changed(sessionId, store.deleteMessage(sessionId, messageId))
    },
    newest: (sessionId) => store.messages(sessionId, undefined, pageLength),
    older: (sessionId, before) => store.messages(sessionId, before, pageLength),
    onChanged(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
