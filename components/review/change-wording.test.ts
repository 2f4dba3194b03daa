import { expect, test } from 'vitest'
import { changeRows } from './change-rows.ts'
import { hintOf, rowName, rowSubject } from './change-wording.ts'
import { groupChanges } from './changes.ts'
import { hunk, turn } from './testing/changes.ts'

test('A hint says what is uncertain about a hunk.', () => {
  const hints = [
    hunk({ hunkId: '1' }),
    hunk({ hunkId: '2', rung: 'exact' }),
    hunk({ hunkId: '3', rung: 'fuzzy' }),
    hunk({ hunkId: '4', merged: true }),
    hunk({ hunkId: '5', rung: 'fuzzy', merged: true }),
    hunk({ hunkId: '6', state: 'conflict', reason: 'changed_meanwhile' }),
  ].map(hintOf)
  expect(hints).toEqual([
    undefined,
    undefined,
    'found by similarity, please look',
    'merged with edits made meanwhile',
    'found by similarity, please look, merged with edits made meanwhile',
    'not applied: somebody changed that place after the model read it',
  ])
})

test('Every row says what it is and what a decision on it is about.', () => {
  const groups = groupChanges(
    {
      hunks: [
        hunk({ hunkId: '1', rung: 'fuzzy', addedLines: 3 }),
        hunk({ hunkId: '2', kind: 'rename', newPath: 'src/b.ts' }),
        hunk({ hunkId: '3', kind: 'delete', fileId: 'c' }),
        hunk({ hunkId: '4', fileId: null, path: 'd.ts', state: 'unmatched', reason: 'no_such_file' }),
      ],
      turns: [turn({ turnId: 't1', number: 7 })],
      files: [
        { fileId: 'a', path: 'src/a.ts' },
        { fileId: 'c', path: 'c.ts' },
      ],
    },
    () =>
      ({ hunkId }) =>
        hunkId === '1' ? { line: 12, text: 'const score = 0' } : undefined,
  )
  expect(changeRows(groups, new Set()).map((row) => [rowName(row), rowSubject(row)])).toEqual([
    ['Turn 7: Add a score, 4 hunks', 'turn 7'],
    ['c.ts, 1 hunk', 'c.ts'],
    ['Delete this file', 'the deletion of c.ts'],
    ['d.ts, 1 hunk', 'd.ts'],
    ['Hunk, not applied: there is no such file, and the change needs one', 'a hunk of d.ts'],
    ['src/a.ts, 2 hunks', 'src/a.ts'],
    ['Rename to src/b.ts', 'the rename of src/a.ts'],
    ['Line 12, 3 added, 1 deleted, found by similarity, please look', 'line 12 of src/a.ts'],
  ])
})
