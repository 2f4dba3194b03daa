import { expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import { hunksOfTurn } from './hunks-of-turn.ts'

const hunk = (hunkId: string, turnId: string): Hunk => ({
  hunkId,
  turnId,
  block: 1,
  fileId: 'f',
  path: 'a.ts',
  kind: 'edit',
  state: 'settled',
  askedBy: 'mara',
  baseText: '',
  addedLines: 1,
  deletedLines: 0,
})

test('a turn has its own hunks, and the same array as long as no hunk changes', () => {
  const hunks = { a: hunk('a', 't1'), b: hunk('b', 't2'), c: hunk('c', 't1') }
  expect(hunksOfTurn(hunks, 't1').map(({ hunkId }) => hunkId)).toEqual(['a', 'c'])
  expect(hunksOfTurn(hunks, 't1')).toBe(hunksOfTurn(hunks, 't1'))
  expect(hunksOfTurn(hunks, 't3')).toEqual([])
  expect(hunksOfTurn({ ...hunks, d: hunk('d', 't3') }, 't3')).toHaveLength(1)
})
