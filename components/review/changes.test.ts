import type { Hunk } from '#protocol/hunks.ts'
import { expect, test } from 'vitest'
import { decidable, groupChanges, openCount, type PlaceReader } from './changes.ts'
import { hunk, turn } from './testing/changes.ts'

const files = [
  { fileId: 'a', path: 'src/a.ts' },
  { fileId: 'b', path: 'src/b.ts' },
]
const nowhere = (): PlaceReader => () => undefined

/** The groups with nothing but ids, in their order. */
function outline(hunks: Hunk[], placesIn: (fileId: string) => PlaceReader = nowhere) {
  const turns = [turn({ turnId: 't1', number: 1 }), turn({ turnId: 't2', number: 2 })]
  return groupChanges({ hunks, turns, files }, placesIn).map(({ turnId, files: changed }) => [
    turnId,
    ...changed.map(({ path, changes }) => [path, ...changes.map((change) => change.hunk.hunkId)]),
  ])
}

test('Open hunks are grouped by turn, the newest first, and by path.', () => {
  const hunks = [
    hunk({ hunkId: '1', turnId: 't1', fileId: 'b' }),
    hunk({ hunkId: '2', turnId: 't1', fileId: 'a' }),
    hunk({ hunkId: '3', turnId: 't2', fileId: 'b' }),
    hunk({ hunkId: '4', turnId: 't1', fileId: 'b' }),
  ]
  expect(outline(hunks)).toEqual([
    ['t2', ['src/b.ts', '3']],
    ['t1', ['src/a.ts', '2'], ['src/b.ts', '1', '4']],
  ])
})

test('What is decided or was taken back is left out, and a turn without open hunks with it.', () => {
  const states = ['accepted', 'rejected', 'reverted', 'aborted'] as const
  expect(outline(states.map((state) => hunk({ hunkId: state, turnId: 't1', state })))).toEqual([])
})

test('A file stands under its path of now, a path that names no file under itself.', () => {
  const hunks = [
    hunk({ hunkId: '1', turnId: 't1', fileId: 'a', path: 'old.ts' }),
    hunk({ hunkId: '2', turnId: 't1', fileId: null, path: 'missing.ts', state: 'unmatched' }),
  ]
  expect(outline(hunks)).toEqual([['t1', ['missing.ts', '2'], ['src/a.ts', '1']]])
})

test('Hunks of a file stand in the order of their lines: what is about the whole file first, what has no place last.', () => {
  const lines: Record<string, number> = { late: 40, early: 3 }
  const placesIn = (): PlaceReader => (one) => {
    const line = lines[one.hunkId]
    return line === undefined ? undefined : { line, text: '' }
  }
  const hunks = [
    hunk({ hunkId: 'nowhere', turnId: 't1', fileId: 'a', state: 'unmatched' }),
    hunk({ hunkId: 'late', turnId: 't1', fileId: 'a' }),
    hunk({ hunkId: 'rename', turnId: 't1', fileId: 'a', kind: 'rename', newPath: 'c.ts' }),
    hunk({ hunkId: 'early', turnId: 't1', fileId: 'a' }),
  ]
  expect(outline(hunks, placesIn)).toEqual([['t1', ['src/a.ts', 'rename', 'early', 'late', 'nowhere']]])
})

test('A document is read once for all turns that changed it.', () => {
  const read: string[] = []
  const placesIn = (fileId: string): PlaceReader => {
    read.push(fileId)
    return () => undefined
  }
  outline([hunk({ hunkId: '1', turnId: 't1', fileId: 'a' }), hunk({ hunkId: '2', turnId: 't2', fileId: 'a' })], placesIn)
  expect(read).toEqual(['a'])
})

test('Lines count what is in the text: neither proposals nor what a deletion would take.', () => {
  const hunks = [
    hunk({ hunkId: '1', turnId: 't1', fileId: 'a', addedLines: 3, deletedLines: 1 }),
    hunk({ hunkId: '2', turnId: 't1', fileId: 'a', addedLines: 9, state: 'conflict' }),
    hunk({ hunkId: '3', turnId: 't1', fileId: 'b', kind: 'delete', addedLines: 0, deletedLines: 50 }),
  ]
  const [group] = groupChanges({ hunks, turns: [turn({ turnId: 't1', number: 1 })], files }, nowhere)
  expect({ open: group?.open, lines: group?.lines, files: group?.files.map(({ lines }) => lines) }).toEqual({
    open: 3,
    lines: { added: 3, deleted: 1 },
    files: [
      { added: 3, deleted: 1 },
      { added: 0, deleted: 0 },
    ],
  })
})

test('Settled hunks can be accepted and rejected, proposals only dismissed, what is being written neither.', () => {
  const hunks = (['settled', 'unmatched', 'streaming', 'accepted'] as const).map((state) => hunk({ hunkId: state, state }))
  expect([decidable(hunks, 'accept'), decidable(hunks, 'reject')]).toEqual([['settled'], ['settled', 'unmatched']])
})

test('The count of open hunks includes what is being written and proposals.', () => {
  const states = ['located', 'streaming', 'settled', 'ambiguous', 'accepted', 'aborted'] as const
  expect(openCount(states.map((state) => hunk({ hunkId: state, state })))).toBe(4)
})
