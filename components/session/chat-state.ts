import type { Message, MessagePage } from '#protocol/chat.ts'
import type { Failure } from '#protocol/failures.ts'

/** A message of one's own that the server has not stored yet. */
export type OutgoingMessage = {
  messageId: string
  body: string
  /** Ms since the epoch, client clock. */
  writtenAt: number
  /** Absent while it is on its way, or waits for the connection. */
  failure?: Failure
}

/** What the people of the session write to each other, as far as this tab has it. */
export type ChatState = {
  /** By number, without gaps up to the newest. */
  messages: Message[]
  hasOlder: boolean
  /** In the order in which they were written. */
  outgoing: OutgoingMessage[]
}

export type ChatEvent =
  | { type: 'messages.joined'; page: MessagePage }
  | { type: 'messages.older'; page: MessagePage }
  | { type: 'message.changed'; message: Message }
  | { type: 'messages.outgoing'; outgoing: OutgoingMessage[] }

export const noChat: ChatState = { messages: [], hasOlder: false, outgoing: [] }

export function foldChat(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'messages.joined':
      // Older ones may have been changed meanwhile; whoever scrolls up is given them as they are now.
      return { ...state, ...event.page }
    case 'messages.older': {
      const first = state.messages[0]?.number ?? Infinity
      const older = event.page.messages.filter(({ number }) => number < first)
      return { ...state, messages: [...older, ...state.messages], hasOlder: event.page.hasOlder }
    }
    case 'message.changed':
      return withMessage(state, event.message)
    case 'messages.outgoing':
      return { ...state, outgoing: event.outgoing }
  }
}

function withMessage(state: ChatState, message: Message): ChatState {
  const { messages } = state
  const at = messages.findIndex(({ number }) => number === message.number)
  if (at !== -1) return { ...state, messages: messages.with(at, message) }
  // Of what this tab has not loaded yet nothing is missed: it comes with its page.
  const last = messages.at(-1)?.number ?? 0
  if (message.number < last) return state
  return { ...state, messages: [...messages, message] }
}
