import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import { manualClock } from '../testing/manual-time.ts'
import { Outbox } from './outbox.ts'
import { openOutboxDatabase } from './outbox-database.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

const outbox = (tabId: string, sessionId = 's1') =>
  new Outbox({ sessionId, tabId, clock: systemClock, open: openOutboxDatabase })

const row = (pushId: string, number: number) => ({
  pushId,
  number,
  fileId: 'f1',
  path: 'a.ts',
  clientId: 7,
  epoch: 0,
  update: new Uint8Array([number]),
  edits: 1,
})

const nobody = () => false

test('what a tab kept and did not forget is adopted once it is gone, in the order in which it was typed', async () => {
  const gone = outbox('gone')
  for (const number of [3, 1, 2]) expect(await gone.keep(row(`p${number}`, number), [])).toBe(true)
  gone.forget(['p2'])
  const next = outbox('next')
  expect(await next.adopt((tabId) => tabId === 'gone')).toEqual([])
  expect(await next.adopt(nobody)).toEqual([
    { ...row('p1', 1), sessionId: 's1', tabId: 'next' },
    { ...row('p3', 3), sessionId: 's1', tabId: 'next' },
  ])
  expect(await next.adopt(nobody)).toEqual([])
  expect((await outbox('after').adopt(nobody)).map(({ pushId }) => pushId)).toEqual(['p1', 'p3'])
})

test('a push takes the place of those that it contains in one step', async () => {
  const gone = outbox('gone')
  await gone.keep(row('p1', 1), [])
  await gone.keep(row('p2', 2), ['p1'])
  expect((await outbox('next').adopt(nobody)).map(({ pushId }) => pushId)).toEqual(['p2'])
})

test('two tabs that adopt at the same moment share the rows out', async () => {
  await outbox('gone').keep(row('p1', 1), [])
  const taken = await Promise.all([outbox('one').adopt(nobody), outbox('other').adopt((tabId) => tabId === 'one')])
  expect(taken.flat().map(({ pushId }) => pushId)).toEqual(['p1'])
})

test('rows of another session stay where they are', async () => {
  await outbox('gone', 's2').keep(row('p1', 1), [])
  expect(await outbox('next', 's1').adopt(nobody)).toEqual([])
  expect(await outbox('next', 's2').adopt(nobody)).toHaveLength(1)
})

test('a base stays as long as rows of its document do', async () => {
  const gone = outbox('gone')
  await gone.keep(row('p1', 1), [])
  gone.keepBase({ fileId: 'f1', clientId: 7, state: new Uint8Array([1, 2]) })
  const next = outbox('next')
  await next.adopt(nobody)
  expect(await next.base('f1', 7)).toEqual(new Uint8Array([1, 2]))
  next.forget(['p1'])
  await next.adopt(nobody)
  expect(await next.base('f1', 7)).toBeUndefined()
})

test('a copy takes the place of its rows, and is there until it is dropped', async () => {
  const gone = outbox('gone')
  await gone.keep(row('p1', 1), [])
  const copy = {
    copyId: 'c1',
    sessionId: 's1',
    fileId: 'f1',
    path: 'a.ts',
    why: 'epoch' as const,
    edits: 1,
    text: 'mine',
    at: 5,
  }
  expect(await gone.setAside(copy, ['p1'])).toBe(true)
  const next = outbox('next')
  expect([await next.adopt(nobody), await next.copies()]).toEqual([[], [copy]])
  next.dropCopy('c1')
  expect(await next.copies()).toEqual([])
})

test('a browser without a store, and one whose store is full, keep nothing and say so', async () => {
  const none = new Outbox({
    sessionId: 's1',
    tabId: 't1',
    clock: systemClock,
    open: () => Promise.reject(new Error('no store in this window')),
  })
  expect([await none.keep(row('p1', 1), []), await none.adopt(nobody), await none.copies()]).toEqual([false, [], []])

  const full = outbox('t2')
  // Nothing that a structured clone could hold: the same way out as a store that takes no more.
  const tooMuch = { ...row('p2', 2), update: (() => {}) as unknown as Uint8Array }
  expect(await full.keep(tooMuch, [])).toBe(false)
  expect(await full.keep(row('p3', 3), [])).toBe(true)
})

test('a store that does not answer delays an edit no longer than two seconds', async () => {
  const clock = manualClock()
  const silent = new Outbox({ sessionId: 's1', tabId: 't1', clock, open: () => new Promise(() => {}) })
  const kept = silent.keep(row('p1', 1), [])
  clock.advance(2_000)
  expect(await kept).toBe(false)
})

test('a store that answers later than that says so', async () => {
  const clock = manualClock()
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  const slow = new Outbox({
    sessionId: 's1',
    tabId: 't1',
    clock,
    open: (onLost) => opened.then(() => openOutboxDatabase(onLost)),
  })
  let isKept = () => {}
  const later = new Promise<void>((resolve) => (isKept = resolve))
  const kept = slow.keep(row('p1', 1), [], isKept)
  clock.advance(2_000)
  expect(await kept).toBe(false)
  open()
  await later
  expect(await outbox('next').adopt(nobody)).toHaveLength(1)
})

test('what tabs have left is waited for however long the store takes, and told also where it cannot be marked', async () => {
  await outbox('gone').keep(row('p1', 1), [])
  const clock = manualClock()
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  const slow = new Outbox({
    sessionId: 's1',
    tabId: 'next',
    clock,
    open: (onLost) => opened.then(() => openOutboxDatabase(onLost)),
  })
  const adopted = slow.adopt(nobody)
  clock.advance(10_000)
  open()
  expect((await adopted).map(({ pushId }) => pushId)).toEqual(['p1'])

  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  const full = await outbox('after').adopt(nobody)
  put.mockRestore()
  expect(full.map(({ pushId }) => pushId)).toEqual(['p1'])
})

test('a store that the browser took away is opened again for the next edit', async () => {
  let lose = () => {}
  const open = (onLost: () => void) => {
    lose = onLost
    return openOutboxDatabase(onLost)
  }
  const lost = new Outbox({ sessionId: 's1', tabId: 't1', clock: systemClock, open })
  await lost.keep(row('p1', 1), [])
  lose()
  expect(await lost.keep(row('p2', 2), [])).toBe(true)
  expect(await outbox('next').adopt(nobody)).toHaveLength(2)
})
