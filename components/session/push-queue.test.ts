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

/** Pushes are kept before they are sent. */
const written = async () => {
  for (let step = 0; step < 3; step += 1) await Promise.resolve()
}

/** A queue whose sends are answered by the test. */
function queue({ places = 32, largeBytes = 10_000, keeps = true } = {}) {
  const clock = manualClock()
  const sent: { pushId: string; update: Uint8Array; answer: (answer: Answer) => Promise<void> }[] = []
  const heard: string[] = []
  const kept = new Set<string>()
  const late: (() => void)[] = []
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
    keep: async ({ pushId }, instead, onLate) => {
      for (const gone of instead) kept.delete(gone)
      late.push(onLate)
      if (!keeps) return false
      kept.add(pushId)
      return true
    },
    forget: (pushIds) => {
      for (const gone of pushIds) kept.delete(gone)
    },
    isLarge: (update) => update.byteLength > largeBytes,
    claim: () => free > 0 && ((free -= 1), true),
    release: () => void (free += 1),
    onResync: () => heard.push('resync'),
    onRefused: ({ code }) => heard.push(code),
    onPendingChanged: () => {},
  })
  const text = new Y.Doc().getText('text')
  text.doc?.on('update', (update: Uint8Array) => pushes.add(update))
  const type = async (content: string) => {
    text.insert(text.length, content)
    clock.advance(30)
    await written()
  }
  const sentIds = () => sent.map(({ pushId }) => pushId)
  return { clock, pushes, sent, sentIds, heard, kept, late, type, text }
}

test('nothing is sent before the queue runs, then everything in order', async () => {
  const { pushes, sentIds, type } = queue()
  await type('a')
  await type('b')
  expect([sentIds(), pushes.pending]).toEqual([[], 2])
  pushes.resume()
  await type('c')
  expect(sentIds()).toEqual(['p2', 'p3'])
})

test('the first edit goes at once, what follows within a batch goes together at its end', async () => {
  const { clock, pushes, sent, text } = queue()
  pushes.resume()
  clock.advance(1_000)
  text.insert(0, 'a')
  text.insert(1, 'b')
  clock.advance(0)
  await written()
  expect(sent.map(({ update }) => textOf(update))).toEqual(['ab'])
  text.insert(2, 'c')
  clock.advance(29)
  text.insert(3, 'd')
  expect(sent).toHaveLength(1)
  clock.advance(1)
  await written()
  expect(sent).toHaveLength(2)
  expect(pushes.pending).toBe(4)
})

test('no more pushes are in flight than there are places; the next goes when one is free', async () => {
  const { pushes, sent, sentIds, type } = queue({ places: 2 })
  pushes.resume()
  for (const letter of 'abc') await type(letter)
  expect(sentIds()).toEqual(['p1', 'p2'])
  await sent[0]?.answer(ok)
  expect(sentIds()).toEqual(['p1', 'p2', 'p3'])
})

test('a large push waits for those before it, and those behind it wait for the large one', async () => {
  const { pushes, sent, sentIds, type } = queue()
  pushes.resume()
  await type('small')
  await type('x'.repeat(20_000))
  await type('small again')
  expect(sentIds()).toEqual(['p1'])
  await sent[0]?.answer(ok)
  expect(sentIds()).toEqual(['p1', 'p2'])
  await sent[1]?.answer(ok)
  expect(sentIds()).toEqual(['p1', 'p2', 'p3'])
})

test('a push that comes back in the log is stored, before and after its acknowledgement', async () => {
  const { pushes, sent, type } = queue()
  pushes.resume()
  await type('a')
  pushes.stored('p1')
  expect(pushes.pending).toBe(0)
  await sent[0]?.answer(ok)
  pushes.stored('p1')
  expect(pushes.pending).toBe(0)
})

test('a passing refusal is tried again with the same id after the time that the server names', async () => {
  const { pushes, sent, sentIds, type, clock } = queue()
  pushes.resume()
  await type('a')
  await sent[0]?.answer(refused('rate_limited', 500))
  clock.advance(499)
  expect(sentIds()).toEqual(['p1'])
  clock.advance(1)
  expect(sentIds()).toEqual(['p1', 'p1'])
})

test('a resync stops the queue until one push takes the place of all', async () => {
  const { pushes, sent, sentIds, heard, type, text } = queue()
  pushes.resume()
  await type('a')
  await type('b')
  await sent[0]?.answer(refused('resync'))
  expect(heard).toEqual(['resync'])
  await type('c')
  expect(sentIds()).toEqual(['p1', 'p2'])
  if (text.doc !== null) pushes.replaceAll(Y.encodeStateAsUpdate(text.doc))
  expect(pushes.pending).toBe(3)
  pushes.resume()
  await written()
  expect(sentIds()).toEqual(['p1', 'p2', 'p4'])
})

test('a lasting refusal stops the queue and keeps what was not stored', async () => {
  const { pushes, sent, sentIds, heard, type } = queue()
  pushes.resume()
  await type('a')
  await sent[0]?.answer(refused('forbidden_content'))
  await type('b')
  expect([sentIds(), heard, pushes.pending]).toEqual([['p1'], ['forbidden_content'], 2])
})

test('after a pause everything that is not stored is sent again under its own id', async () => {
  const { pushes, sentIds, type } = queue()
  pushes.resume()
  await type('a')
  pushes.pause()
  await type('b')
  pushes.resume()
  expect(sentIds()).toEqual(['p1', 'p1', 'p2'])
})

test('what is typed while nothing can be sent becomes few pushes of limited size, with every character', async () => {
  const { pushes, sent, sentIds, type, text } = queue()
  pushes.resume()
  await type('online ')
  pushes.pause()
  for (let key = 0; key < 2_000; key += 1) await type('offline '.charAt(key % 8))
  expect(pushes.pending).toBe(2_001)
  pushes.resume()
  expect(sentIds()).toHaveLength(5)
  expect(sent.every(({ update }) => update.byteLength <= 8_000)).toBe(true)
  const other = new Y.Doc()
  for (const { update } of sent) Y.applyUpdate(other, update)
  expect(other.getText('text').toString()).toBe(text.toString())
})

test('a push is kept before it is sent, and until it is stored', async () => {
  const { pushes, sent, kept, type, text, clock } = queue()
  pushes.resume()
  text.insert(0, 'a')
  clock.advance(30)
  expect([sent.length, pushes.inTab]).toEqual([0, { edits: 1, unkept: 0 }])
  await written()
  expect([sent.length, [...kept], pushes.inTab]).toEqual([1, ['p1'], { edits: 0, unkept: 0 }])
  await type('b')
  await sent[0]?.answer(ok)
  expect([...kept]).toEqual(['p2'])
  pushes.stored('p2')
  expect([...kept]).toEqual([])
})

test('an id names its bytes for ever: what is gathered has a new id and takes the old ones’ place', async () => {
  const { pushes, kept, type } = queue()
  await type('a')
  await type('b')
  expect([[...kept], pushes.pending]).toEqual([['p2'], 2])
})

test('what cannot be kept is sent all the same, and counted', async () => {
  const { pushes, sentIds, type } = queue({ keeps: false })
  pushes.resume()
  await type('a')
  expect([sentIds(), pushes.inTab]).toEqual([['p1'], { edits: 1, unkept: 1 }])
})

test('what the browser keeps later than the queue waited for it counts as kept from then on', async () => {
  const { pushes, sentIds, late, type } = queue({ keeps: false })
  pushes.resume()
  await type('a')
  for (const isKept of late) isKept()
  expect([sentIds(), pushes.inTab]).toEqual([['p1'], { edits: 0, unkept: 0 }])
})

test('all that is not stored is one push under the id of the last', async () => {
  const { pushes, sent, type } = queue()
  pushes.resume()
  await type('a')
  await sent[0]?.answer(ok)
  await type('b')
  await type('c')
  const other = new Y.Doc()
  const rest = pushes.rest()
  for (const update of [sent[0]?.update, rest?.update]) if (update !== undefined) Y.applyUpdate(other, update)
  expect([rest?.pushId, rest?.edits, other.getText('text').toString()]).toEqual(['p3', 2, 'abc'])
})

function textOf(update: Uint8Array): string {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc.getText('text').toString()
}
