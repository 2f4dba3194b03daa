import type { Hunk, HunkState } from '#protocol/hunks.ts'
import { expect, test } from 'vitest'
import { fileMarks, mergedMark } from './file-marks.ts'

const hunk = (
  hunkId: string,
  fileId: string | null,
  state: HunkState,
  added: number,
  deleted: number,
  turnId = 't1',
): Hunk => ({
  hunkId,
  turnId,
  block: 0,
  fileId,
  path: fileId ?? 'missing.ts',
  kind: 'edit',
  state,
  askedBy: 'mara',
  baseText: '',
  addedLines: added,
  deletedLines: deleted,
})

test('Open hunks count their lines; decided ones and those without a file do not.', () => {
  const marks = fileMarks(
    [
      hunk('1', 'a', 'settled', 3, 1),
      hunk('2', 'a', 'streaming', 2, 0),
      hunk('3', 'a', 'accepted', 9, 9),
      hunk('4', null, 'unmatched', 5, 5),
      hunk('5', 'b', 'rejected', 1, 1),
    ],
    [{ turnId: 't1', status: 'ended' }],
  )
  expect([...marks]).toEqual([['a', { added: 5, deleted: 1, open: 2, writing: false }]])
})

test('A proposal waits for a decision but adds no lines, since it is not in the text.', () => {
  const marks = fileMarks([hunk('1', 'a', 'conflict', 4, 2)], [])
  expect(marks.get('a')).toEqual({ added: 0, deleted: 0, open: 1, writing: false })
})

test('A file that waits to be renamed or deleted says so, and none of its lines count as deleted.', () => {
  const of = (hunkId: string, fileId: string, kind: Hunk['kind'], state: HunkState): Hunk => ({
    ...hunk(hunkId, fileId, state, 0, 40),
    kind,
    ...(kind === 'rename' && { newPath: 'src/b.ts' }),
  })
  const marks = fileMarks(
    [
      of('1', 'a', 'delete', 'settled'),
      of('2', 'b', 'rename', 'settled'),
      hunk('3', 'b', 'settled', 1, 1),
      of('4', 'c', 'delete', 'rejected'),
    ],
    [],
  )
  expect([...marks]).toEqual([
    ['a', { added: 0, deleted: 0, open: 1, writing: false, pending: { kind: 'delete' } }],
    ['b', { added: 1, deleted: 1, open: 2, writing: false, pending: { kind: 'rename', newPath: 'src/b.ts' } }],
  ])
})

test('Files that a running turn touched are marked as being written, decided or not.', () => {
  const marks = fileMarks(
    [hunk('1', 'a', 'accepted', 4, 2), hunk('2', 'b', 'settled', 1, 0, 't0')],
    [
      { turnId: 't0', status: 'ended' },
      { turnId: 't1', status: 'streaming' },
    ],
  )
  expect(marks.get('a')).toEqual({ added: 0, deleted: 0, open: 0, writing: true })
  expect(marks.get('b')).toEqual({ added: 1, deleted: 0, open: 1, writing: false })
})

test('A collapsed folder sums what is in it.', () => {
  const marks = fileMarks(
    [hunk('1', 'a', 'settled', 4, 2), hunk('2', 'b', 'settled', 1, 1)],
    [{ turnId: 't1', status: 'streaming' }],
  )
  expect(mergedMark(['a', 'b', 'c'], marks)).toEqual({ added: 5, deleted: 3, open: 2, writing: true })
  expect(mergedMark(['c'], marks)).toBeUndefined()
})
