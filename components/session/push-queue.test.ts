import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Failure, Result } from '#protocol/failures.ts'
import { PushQueue } from './push-queue.ts'
import { manualClock } from './testing/manual-time.ts'

type Answer = Result<{ seq: number }>
const ok: Answer = { ok: true, value: { seq: 1 } }
const refused = (code: Failure['code'], retryAfterMs?: number): Answer => ({
  ok: false,
  error: { code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
})

/** A queue whose sends are answered by the test. */
function queue({ places = 32, largeBytes = 10_000 } = {}) {
  const clock = manualClock()
  const sent: { pushId: string; update: Uint8Array; answer: (answer: Answer) => Promise<void> }[] = []
  const heard: string[] = []
  let ids = 0
  let free = places
  const pushes = new PushQueue({
    clock,
    newPushId: () => `p${(ids += 1)}`,
    send: (pushId, update) =>
      new Promise((resolve) => {
        const answer = async (given: Answer) => {
          resolve(given)
          await Promise.resolve()
          await Promise.resolve()
        }
        sent.push({ pushId, update, answer })
      }),
    isLarge: (update) => update.byteLength > largeBytes,
    claim: () => free > 0 && ((free -= 1), true),
    release: () => void (free += 1),
    onResync: () => heard.push('resync'),
    onRefused: ({ code }) => heard.push(code),
    onPendingChanged: () => {},
  })
  const text = new Y.Doc().getText('text')
  text.doc?.on('update', (update: Uint8Array) => pushes.add(update))
  const type = (content: string) => {
    text.insert(text.length, content)
    clock.advance(30)
  }
  const sentIds = () => sent.map(({ pushId }) => pushId)
  return { clock, pushes, sent, sentIds, heard, type, text }
}

test('nothing is sent before the queue runs, then everything in order', () => {
  const { pushes, sentIds, type } = queue()
  type('a')
  type('b')
  expect([sentIds(), pushes.pending]).toEqual([[], 2])
  pushes.resume()
  type('c')
  expect(sentIds()).toEqual(['p1', 'p2'])
})

test('no more pushes are in flight than there are places; the next goes when one is free', async () => {
  const { pushes, sent, sentIds, type } = queue({ places: 2 })
  pushes.resume()
  for (const letter of 'abc') type(letter)
  expect(sentIds()).toEqual(['p1', 'p2'])
  await sent[0]?.answer(ok)
  expect(sentIds()).toEqual(['p1', 'p2', 'p3'])
})

test('a large push waits for those before it, and those behind it wait for the large one', async () => {
  const { pushes, sent, sentIds, type } = queue()
  pushes.resume()
  type('small')
  type('x'.repeat(20_000))
  type('small again')
  expect(sentIds()).toEqual(['p1'])
  await sent[0]?.answer(ok)
  expect(sentIds()).toEqual(['p1', 'p2'])
  await sent[1]?.answer(ok)
  expect(sentIds()).toEqual(['p1', 'p2', 'p3'])
})

test('a push that comes back in the log is stored, before and after its acknowledgement', async () => {
  const { pushes, sent, type } = queue()
  pushes.resume()
  type('a')
  pushes.stored('p1')
  expect(pushes.pending).toBe(0)
  await sent[0]?.answer(ok)
  pushes.stored('p1')
  expect(pushes.pending).toBe(0)
})

test('a passing refusal is tried again with the same id after the time that the server names', async () => {
  const { pushes, sent, sentIds, type, clock } = queue()
  pushes.resume()
  type('a')
  await sent[0]?.answer(refused('rate_limited', 500))
  clock.advance(499)
  expect(sentIds()).toEqual(['p1'])
  clock.advance(1)
  expect(sentIds()).toEqual(['p1', 'p1'])
})

test('a resync stops the queue until one push takes the place of all', async () => {
  const { pushes, sent, sentIds, heard, type, text } = queue()
  pushes.resume()
  type('a')
  type('b')
  await sent[0]?.answer(refused('resync'))
  expect(heard).toEqual(['resync'])
  type('c')
  expect(sentIds()).toEqual(['p1', 'p2'])
  if (text.doc !== null) pushes.replaceAll(Y.encodeStateAsUpdate(text.doc))
  expect(pushes.pending).toBe(3)
  pushes.resume()
  expect(sentIds()).toEqual(['p1', 'p2', 'p4'])
})

test('a lasting refusal stops the queue and keeps what was not stored', async () => {
  const { pushes, sent, sentIds, heard, type } = queue()
  pushes.resume()
  type('a')
  await sent[0]?.answer(refused('forbidden_content'))
  type('b')
  expect([sentIds(), heard, pushes.pending]).toEqual([['p1'], ['forbidden_content'], 2])
})

test('after a pause everything that is not stored is sent again under its own id', () => {
  const { pushes, sentIds, type } = queue()
  pushes.resume()
  type('a')
  pushes.pause()
  type('b')
  pushes.resume()
  expect(sentIds()).toEqual(['p1', 'p1', 'p2'])
})

test('what is typed while nothing can be sent becomes few pushes of limited size, with every character', () => {
  const { pushes, sent, sentIds, type, text } = queue()
  pushes.resume()
  type('online ')
  pushes.pause()
  for (let key = 0; key < 2_000; key += 1) type('offline '.charAt(key % 8))
  expect(pushes.pending).toBe(2_001)
  pushes.resume()
  expect(sentIds()).toEqual(['p1', 'p1', 'p2', 'p3', 'p4'])
  expect(sent.every(({ update }) => update.byteLength <= 8_000)).toBe(true)
  const other = new Y.Doc()
  for (const { update } of sent) Y.applyUpdate(other, update)
  expect(other.getText('text').toString()).toBe(text.toString())
})
