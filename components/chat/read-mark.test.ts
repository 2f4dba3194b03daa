import { expect, test } from 'vitest'
import type { Message } from '#protocol/chat.ts'
import { ReadMark } from './read-mark.ts'
import { unreadIn } from './unread.ts'

function storage() {
  const stored = new Map<string, string>()
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  }
}

const message = (number: number, rest: Partial<Message> = {}): Message => ({
  messageId: `m${number}`,
  number,
  author: 'ada',
  body: 'Hello',
  createdAt: number,
  ...rest,
})
const unread = (first: number) => ({ count: 1, mentions: 0, first })

test('what was read stays read, also after a reload', () => {
  const browser = storage()
  const mark = new ReadMark('s1', () => browser)
  let told = 0
  mark.subscribe(() => (told += 1))
  mark.readTo(5)
  mark.readTo(3)
  expect(mark.snapshot().read).toBe(5)
  expect(told).toBe(1)
  expect(new ReadMark('s1', () => browser).snapshot().read).toBe(5)
  expect(new ReadMark('s2', () => browser).snapshot().read).toBe(0)
})

test('where the new begins stays while more comes, and begins again once that was read', () => {
  const mark = new ReadMark('s1', storage)
  mark.missed(unread(4))
  mark.missed(unread(5))
  expect(mark.snapshot().newFrom).toBe(4)
  mark.readTo(6)
  expect(mark.snapshot().newFrom).toBe(4)
  mark.missed(unread(7))
  expect(mark.snapshot().newFrom).toBe(7)
  mark.wrote()
  expect(mark.snapshot().newFrom).toBeUndefined()
})

test('a browser without storage remembers as long as the tab lives', () => {
  const mark = new ReadMark('s1', () => {
    throw new Error('not allowed')
  })
  mark.readTo(2)
  expect(mark.snapshot().read).toBe(2)
})

test('unread is what others wrote and did not delete', () => {
  const messages = [
    message(1),
    message(2, { author: 'mara' }),
    message(3, { deleted: true, body: '' }),
    message(4, { body: 'Look, <@mara>' }),
  ]
  expect(unreadIn(messages, 0, 'mara')).toEqual({ count: 2, mentions: 1, first: 1 })
  expect(unreadIn(messages, 4, 'mara')).toEqual({ count: 0, mentions: 0, first: undefined })
})
