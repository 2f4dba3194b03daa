import { expect, test } from 'vitest'
import { changeRows, changesOf, rowAfter } from './change-rows.ts'
import { groupChanges } from './changes.ts'
import { hunk, turn } from './testing/changes.ts'

const groups = groupChanges(
  {
    hunks: [
      hunk({ hunkId: '1', turnId: 't1', fileId: 'a' }),
      hunk({ hunkId: '2', turnId: 't1', fileId: 'a' }),
      hunk({ hunkId: '3', turnId: 't1', fileId: 'b' }),
      hunk({ hunkId: '4', turnId: 't2', fileId: 'a' }),
    ],
    turns: [turn({ turnId: 't1', number: 1 }), turn({ turnId: 't2', number: 2 })],
    files: [
      { fileId: 'a', path: 'a.ts' },
      { fileId: 'b', path: 'b.ts' },
    ],
  },
  () => () => undefined,
)
const keys = (folded: string[] = []) => changeRows(groups, new Set(folded)).map(({ key }) => key)
const rows = changeRows(groups, new Set())
const rowOf = (key: string) => {
  const row = rows.find((candidate) => candidate.key === key)
  if (row === undefined) throw new Error(`no row ${key}`)
  return row
}

test('Turns, files and hunks stand under each other.', () => {
  expect(keys()).toEqual(['turn t2', 'file t2 a', 'hunk 4', 'turn t1', 'file t1 a', 'hunk 1', 'hunk 2', 'file t1 b', 'hunk 3'])
})

test('A folded file hides its hunks, a folded turn everything in it.', () => {
  expect(keys(['turn t1', 'file t2 a'])).toEqual(['turn t2', 'file t2 a', 'turn t1'])
})

test('A row stands for all the hunks under it.', () => {
  const ids = (key: string) => changesOf(rowOf(key)).map((change) => change.hunk.hunkId)
  expect([ids('turn t1'), ids('file t1 a'), ids('hunk 3')]).toEqual([['1', '2', '3'], ['1', '2'], ['3']])
})

test.each([
  ['hunk 1', 'hunk 2'],
  ['file t1 a', 'file t1 b'],
  ['turn t2', 'turn t1'],
  ['turn t1', 'turn t2'],
  ['file t1 b', 'file t1 a'],
  ['hunk 3', 'hunk 2'],
])('After a decision on %s the keys go to %s.', (decided, next) => {
  expect(rowAfter(rows, rowOf(decided))?.key).toBe(next)
})
