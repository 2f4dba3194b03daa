import { expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import { hunkNote } from './hunk-note.ts'

const hunk = (change: Partial<Hunk> = {}): Hunk => ({
  hunkId: 'h',
  turnId: 't',
  askedBy: 'mara',
  block: 1,
  fileId: 'f',
  path: 'a.ts',
  kind: 'edit',
  state: 'settled',
  rung: 'exact',
  baseText: '',
  addedLines: 1,
  deletedLines: 0,
  ...change,
})

test('An ordinary hunk needs no words.', () => {
  expect(hunkNote(hunk())).toBeUndefined()
  expect(hunkNote(hunk({ rung: 'indent' }))).toBeUndefined()
})

test('What was guessed, merged, or asked for by others is told; so is what happens to the file.', () => {
  expect(hunkNote(hunk({ rung: 'fuzzy', merged: true }), { asker: 'Ben' })).toBe(
    'found by similarity, please look · merged with edits made meanwhile · asked by Ben',
  )
  expect(hunkNote(hunk({ kind: 'rename', newPath: 'b.ts' }))).toBe('rename to b.ts')
  expect(hunkNote(hunk({ kind: 'delete' }))).toBe('delete this file')
  expect(hunkNote(hunk({ kind: 'delete' }), { elsewhere: true })).toBe('in a.ts · delete this file')
})
