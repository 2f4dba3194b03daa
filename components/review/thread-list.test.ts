import { expect, test } from 'vitest'
import type { ReviewComment, Thread } from '#protocol/review.ts'
import {
  byFile,
  inOrder,
  isListed,
  mentions,
  neighbourThread,
  waitingCount,
  waitsFor,
  type ListedThread,
} from './thread-list.ts'

const ada = { participantId: 'ada', name: 'Ada' }

function comment(author: string, body = 'Hm'): ReviewComment {
  return { commentId: `${author}-${body}`, author, body, createdAt: 1, reactions: {} }
}

function thread(comments: ReviewComment[], change: Partial<Thread> = {}): Thread {
  return {
    threadId: 't1',
    fileId: 'f1',
    path: 'a.ts',
    quotedText: '',
    quotedOnce: false,
    baseSeq: 0,
    baseHash: '',
    state: 'open',
    createdBy: comments[0]?.author ?? null,
    createdAt: 1,
    comments,
    ...change,
  }
}

function listed(threadId: string, path: string, place: ListedThread['place'], waits = false): ListedThread {
  return { thread: thread([comment('ada')], { threadId }), place, path, waits }
}

test('a thread waits for who was answered, until they answer', () => {
  expect(waitsFor(thread([comment('ada')]), ada)).toBe(false)
  expect(waitsFor(thread([comment('ada'), comment('bea')]), ada)).toBe(true)
  expect(waitsFor(thread([comment('ada'), comment('bea'), comment('ada', 'Ok')]), ada)).toBe(false)
  expect(waitsFor(thread([comment('cem'), comment('bea')]), ada)).toBe(false)
  expect(waitsFor(thread([comment('ada'), comment('bea')], { state: 'resolved' }), ada)).toBe(false)
})

test('a thread waits for who was mentioned, though they have never said anything in it', () => {
  expect(waitsFor(thread([comment('bea', 'What does @ada think?')]), ada)).toBe(true)
  expect(waitsFor(thread([comment('bea', 'See @adam')]), ada)).toBe(false)
  expect(mentions('@Ada: look', 'Ada')).toBe(true)
  expect(mentions('@Maria and @Mar', 'Mar')).toBe(true)
})

test('threads stand by file and line; what is gone stands last', () => {
  const gone = listed('t1', 'a.ts', { kind: 'detached' })
  const late = listed('t2', 'a.ts', { kind: 'lines', fromLine: 9, toLine: 9 })
  const early = listed('t3', 'a.ts', { kind: 'lines', fromLine: 2, toLine: 3 })
  const ofFile = listed('t4', 'a.ts', { kind: 'file' })
  const other = listed('t5', 'b.ts', { kind: 'file' })
  const order = inOrder([other, gone, late, early, ofFile])
  expect(order.map((one) => one.thread.threadId)).toEqual(['t4', 't3', 't2', 't1', 't5'])
  expect(byFile(order).map(({ path, threads }) => [path, threads.length])).toEqual([
    ['a.ts', 4],
    ['b.ts', 1],
  ])
  expect(neighbourThread(order, 't5', 1)?.thread.threadId).toBe('t4')
  expect(neighbourThread(order, null, -1)?.thread.threadId).toBe('t5')
  expect(order.filter((one) => isListed(one, 'detached')).map((one) => one.thread.threadId)).toEqual(['t1'])
})

test('a review that was asked for waits too', () => {
  const requests = [{ participantId: 'ada', requestedBy: 'bea', requestedAt: 1 }]
  expect(waitingCount([thread([comment('ada'), comment('bea')])], requests, ada)).toBe(2)
  expect(waitingCount([], requests, { participantId: 'cem', name: 'Cem' })).toBe(0)
})
