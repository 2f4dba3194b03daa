import { describe, expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import { bytes, openWithSession, places } from './store-fixture.ts'

const hunk: Hunk = {
  hunkId: 'h1',
  turnId: 't1',
  block: 0,
  fileId: 'f1',
  path: 'a.ts',
  kind: 'edit',
  state: 'located',
  rung: 'exact',
  start: bytes('start'),
  end: bytes('end'),
  askedBy: 'mara',
  baseText: 'old\n',
  addedLines: 0,
  deletedLines: 1,
}

describe.each(places)('hunks in $kind', ({ place }) => {
  test('hunk records follow the events of the log rows that they came with', async () => {
    const store = await openWithSession(place())
    const row = { sessionId: 's1', fileId: 'f1', author: 'assistant:t1' }
    const inserted = { inserted: [{ clientId: 9, clock: 0, length: 3 }], deleted: [{ text: 'old', after: bytes('left') }] }
    await store.append({ ...row, hunkEvents: [{ event: { type: 'opened', hunk } }] })
    const grew = { type: 'grew' as const, hunkId: 'h1', start: bytes('s'), end: bytes('e'), head: bytes('h'), addedLines: 2 }
    await store.append({ ...row, hunkEvents: [{ event: grew, reversal: inserted }] })
    const grown = { ...hunk, start: bytes('s'), end: bytes('e'), addedLines: 2, sessionId: 's1', reversal: inserted }
    expect(await store.hunks('s1')).toEqual([grown])
    const replaced = { at: 4, text: 'older 🐍\n', lines: 2 }
    await store.append({ ...row, hunkEvents: [{ event: { ...grew, replaced } }] })
    expect(await store.hunks('s1')).toEqual([{ ...grown, baseText: 'old\nolder 🐍\n', deletedLines: 2 }])

    const settled: Hunk = { ...hunk, state: 'settled', decidedBy: 'p1' }
    await store.append({ ...row, hunkEvents: [{ event: { type: 'changed', hunk: settled } }] })
    expect(await store.hunksOfTurn('t1')).toEqual([{ ...settled, sessionId: 's1', reversal: inserted }])
    expect(await store.hunksOfFile('s1', 'f1')).toEqual(await store.hunksOfTurn('t1'))
    expect(await store.hunksOfFile('s1', 'f2')).toEqual([])

    const growOfNone = { ...row, update: bytes('1'), hunkEvents: [{ event: { ...grew, hunkId: 'h9' } }] }
    await expect(store.append(growOfNone)).rejects.toMatchObject({ code: 'missing' })
    expect((await store.document('f1'))?.seq).toBe(4)
  })

  test('hunks without a document are stored too and found by id in the order asked', async () => {
    const store = await openWithSession(place())
    const { rung: _rung, start: _start, end: _end, ...bare } = hunk
    const proposal: Hunk = { ...bare, fileId: null, state: 'unmatched', reason: 'no_such_file', proposedText: 'new\n' }
    await store.saveHunks('s1', [
      { event: { type: 'opened', hunk: proposal } },
      { event: { type: 'opened', hunk: { ...proposal, hunkId: 'h2' } } },
    ])
    const stored = { ...proposal, sessionId: 's1', reversal: { inserted: [], deleted: [] } }
    expect(await store.hunksById(['h2', 'nope', 'h1'])).toEqual([{ ...stored, hunkId: 'h2' }, stored])
  })
})
