import { expect, test } from 'vitest'
import type { Message } from '#protocol/chat.ts'
import { foldChat, noChat, type ChatEvent } from './chat-state.ts'

const message = (number: number, rest: Partial<Message> = {}): Message => ({
  messageId: `m${number}`,
  number,
  author: 'ada',
  body: `${number}`,
  createdAt: number,
  ...rest,
})
const folded = (...events: ChatEvent[]) => events.reduce(foldChat, noChat)
const joined = (messages: Message[], hasOlder = false): ChatEvent => ({ type: 'messages.joined', page: { messages, hasOlder } })
const numbers = (events: ChatEvent[]) => folded(...events).messages.map(({ number }) => number)

test('[CH6] a message that the snapshot holds already is there once, as it is now', () => {
  const edited = message(1, { body: 'edited', editedAt: 9 })
  expect(folded(joined([message(1)]), { type: 'message.changed', message: edited }).messages).toEqual([edited])
})

test('[CH8] older ones come before those that are there, each once', () => {
  const older: ChatEvent = { type: 'messages.older', page: { messages: [message(1), message(2)], hasOlder: false } }
  expect(numbers([joined([message(3)], true), older, older])).toEqual([1, 2, 3])
  expect(folded(joined([message(3)], true), older).hasOlder).toBe(false)
})

test('[CH8] a change of a message that was not loaded yet waits for its page', () => {
  expect(numbers([joined([message(5)], true), { type: 'message.changed', message: message(2) }])).toEqual([5])
})

test('[CH8] a join begins anew: what was loaded before it may have changed', () => {
  expect(numbers([joined([message(1), message(2)]), joined([message(2), message(3)], true)])).toEqual([2, 3])
})
