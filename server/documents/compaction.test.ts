import { pino } from 'pino'
import { expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { DocumentThread } from './document-thread.ts'
import { documentText } from './document-text.ts'
import type { Snapshot, StoredDocument } from '#store/store.ts'
import { storeWithFile } from './documents-fixture.ts'
import { loadedInSlices } from './gradual-load.ts'
import { withIntactDocument } from './intact-document.ts'
import { slicedUpdate } from './sliced-update.ts'
import { loaded } from './stored-document.ts'

// A thread starts in less than half a second, but not on a machine that is busy with everything else.
vi.setConfig({ testTimeout: 30_000 })

const start = { sessionId: 's1', seq: 0, epoch: 0, snapshotSeq: 0, tail: [], earlierPushes: [] }

/** A document that started from `text` and was then typed into, one letter per row. */
function typed(text: string, letters: string): StoredDocument {
  const blob = new TextEncoder().encode(text)
  const doc = loaded({ ...start, blob })
  const tail: StoredDocument['tail'] = []
  doc.clientID = 101
  doc.on('update', (update: Uint8Array) => tail.push({ seq: tail.length + 1, author: 'ada', update }))
  for (const letter of letters) documentText(doc).insert(0, letter)
  return { ...start, seq: tail.length, blob, tail }
}

test.each([
  { size: 'small', text: 'text\n' },
  { size: 'large', text: 'a long line of text\n'.repeat(10_000) },
])('a $size document is the same after compaction, and goes on', async ({ text }) => {
  const compactor = new DocumentThread()
  onTestFinished(() => compactor.close())
  const stored = typed(text, 'cba')
  const { text: compactedText, seed, ...snapshot } = await compactor.compact(stored)
  expect(compactedText).toBe(`abc${text}`)
  const after = loaded({ ...start, seq: 3, snapshotSeq: 3, snapshot })
  expect(Y.encodeStateVector(after)).toEqual(Y.encodeStateVector(loaded(stored)))
  if (!seed) throw new Error('the first snapshot comes with what the document started from')
  const fromSeed = loaded({ ...stored, snapshot: seed })
  expect(Y.encodeStateVector(fromSeed)).toEqual(Y.encodeStateVector(after))
  const again = await compactor.compact({ ...start, seq: 3, snapshotSeq: 3, snapshot })
  expect(again.text).toBe(compactedText)
})

test.each([
  { size: 'small', text: '' },
  { size: 'large', text: 'x'.repeat(100_000) },
])('a $size log with a gap is not compacted, and the next document is', async ({ text }) => {
  const compactor = new DocumentThread()
  onTestFinished(() => compactor.close())
  const stored = typed(text, 'cba')
  const broken = { ...stored, tail: stored.tail.map((row) => (row.seq === 2 ? { seq: 2, author: 'ada' } : row)) }
  await expect(compactor.compact(broken)).rejects.toThrow('gap')
  expect((await compactor.compact(stored)).text).toBe(`abc${text}`)
})

test('what the thread has not finished when it ends is told', async () => {
  const compactor = new DocumentThread()
  const unfinished = compactor.compact(typed('x'.repeat(100_000), 'a'))
  void compactor.close()
  await expect(unfinished).rejects.toMatchObject({ code: 'unavailable' })
})

test.each([
  { size: 'small', text: '' },
  { size: 'large', text: 'x'.repeat(100_000) },
])('a $size snapshot that is not what it says is found out', async ({ text }) => {
  const compactor = new DocumentThread()
  onTestFinished(() => compactor.close())
  const { bytes, holds } = await compactor.compact(typed(text, 'cba'))
  const other = await compactor.compact(typed(text, 'xyz'))
  if (!holds) throw new Error('a snapshot says what it holds')
  await compactor.verify({ bytes, holds })
  await expect(compactor.verify({ bytes: other.bytes, holds })).rejects.toThrow('not the document')
  await expect(compactor.verify({ bytes: bytes.slice(0, -4), holds })).rejects.toThrow('array')
})

test('a large document is loaded in slices, and the work of others goes on', async () => {
  const thread = new DocumentThread()
  onTestFinished(() => thread.close())
  const stored = typed('a long line of text\n'.repeat(10_000), 'cba')
  const { text: _text, seed: _seed, seq, ...snapshot } = await thread.compact(stored)
  const tail = typed('', 'd').tail.map((row) => ({ ...row, seq: 4 }))
  const doc = await thread.load({ ...start, snapshot, snapshotSeq: seq, seq: 3 })
  expect(documentText(doc).toString()).toBe(documentText(loaded(stored)).toString())
  expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(loaded(stored)))
  const other = { ...snapshot, holds: { ...snapshot.holds, textHash: 'another' } } as Snapshot
  await expect(thread.load({ ...start, snapshot: other, snapshotSeq: seq, seq: 3 })).rejects.toThrow('not the document')
  const missing = { ...start, snapshot, snapshotSeq: seq, seq: 5, tail }
  await expect(thread.load(missing)).rejects.toThrow('missing')
})

test('a load that ends with its thread says nothing about the document, and none begins afterwards', async () => {
  const thread = new DocumentThread()
  const stored = typed('a long line of text\n'.repeat(10_000), 'a')
  const store = await storeWithFile('text')
  const loading = withIntactDocument({ store, log: pino({ level: 'silent' }), fileId: 'f1' }, () => {
    const load = thread.load(stored)
    void thread.close()
    return load
  })
  await expect(loading).rejects.toMatchObject({ code: 'unavailable' })
  await expect(thread.load(stored)).rejects.toMatchObject({ code: 'unavailable' })
})

test('between the slices of a load others have their turn', async () => {
  const doc = new Y.Doc()
  for (let piece = 0; piece < 20_000; piece += 1) documentText(doc).insert(0, 'ab\n')
  let turns = 0
  let isLoading = true
  const others = () => {
    turns += 1
    if (isLoading) setImmediate(others)
  }
  setImmediate(others)
  const snapshot = { bytes: Y.encodeStateAsUpdate(doc) }
  const slices = async (updates: Uint8Array[]) => updates.map((update) => slicedUpdate(update, 10))
  const copy = await loadedInSlices({ ...start, snapshot }, slices, { mostMs: 0 })
  isLoading = false
  expect(documentText(copy).length).toBe(60_000)
  expect(turns).toBeGreaterThan(1_000)
})
