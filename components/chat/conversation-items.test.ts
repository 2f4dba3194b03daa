import { expect, test } from 'vitest'
import type { Message } from '#protocol/chat.ts'
import type { TurnInfo } from '#session/session-state.ts'
import { conversationItems, type ConversationItem } from './conversation-items.ts'

const noon = new Date(2026, 4, 5, 12).getTime()
const minute = 60_000

const message = (number: number, rest: Partial<Message> = {}): Message => ({
  messageId: `m${number}`,
  number,
  author: 'ada',
  body: `${number}`,
  createdAt: noon + number * minute,
  ...rest,
})

const turn = (number: number, startedAt: number, rest: Partial<TurnInfo> = {}): TurnInfo => ({
  turnId: `t${number}`,
  number,
  askedBy: 'mara',
  kind: 'chat',
  prompt: 'Add walls',
  references: [],
  status: 'ended',
  backend: { backendId: 'replay', name: 'Replay', kind: 'recorded', model: 'recorded' },
  startedAt,
  ...rest,
})

function told(items: ConversationItem[]): string[] {
  return items.flatMap((item) => {
    if (item.kind === 'turn') return [item.turn.turnId]
    if (item.kind === 'message') return [item.continued ? `+${item.message.messageId}` : item.message.messageId]
    return item.kind === 'day' ? [] : [item.kind]
  })
}

const of = (turns: TurnInfo[], messages: Message[], hasOlder = false, newFrom?: number) =>
  conversationItems(turns, { messages, hasOlder }, newFrom)

test('turns and messages stand in the order in which they happened', () => {
  const turns = [turn(1, noon), turn(2, noon + 2.5 * minute)]
  expect(told(of(turns, [message(1), message(2), message(3)]))).toEqual(['t1', 'm1', '+m2', 't2', 'm3'])
})

test('a prompt that waits is not part of it, and takes its place when its turn comes', () => {
  const waiting = turn(2, noon + 3.5 * minute, { status: 'queued' })
  const running = turn(1, noon, { status: 'streaming' })
  expect(told(of([running, waiting], [message(1)]))).toEqual(['t1', 'm1'])
  expect(told(of([turn(1, noon), { ...waiting, status: 'waiting' }], [message(1)]))).toEqual(['t1', 'm1', 't2'])
})

test('a prompt that its author took back never was; one that somebody else removed is told', () => {
  const removed = (stoppedBy: string) => turn(1, noon, { reason: 'removed', stoppedBy })
  expect(told(of([removed('mara')], []))).toEqual([])
  expect(told(of([removed('owner')], []))).toEqual(['t1'])
})

test('messages of one person stand together only when they follow soon, with nothing between', () => {
  const later = message(9)
  expect(told(of([], [message(1), message(2, { author: 'mara' }), message(3), later]))).toEqual(['m1', 'm2', 'm3', 'm9'])
})

test('days are divided, and the days before today named from the first', () => {
  const next = message(2, { createdAt: noon + 24 * 60 * minute })
  expect(of([], [message(1), next]).map(({ kind }) => kind)).toEqual(['day', 'message', 'day', 'message'])
  expect(of([], [message(1, { createdAt: Date.now() })]).map(({ kind }) => kind)).toEqual(['message'])
})

test('what is new and what is older is said where it begins', () => {
  expect(told(of([turn(1, noon)], [message(4), message(5)], true, 5))).toEqual(['t1', 'older', 'm4', 'new', 'm5'])
})
