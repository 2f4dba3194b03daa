import { expect, test } from 'vitest'
import type { Hunk, HunkState } from '#protocol/hunks.ts'
import { whatTryingAgainRejects, whatIsSafe } from './what-is-safe.ts'

const hunks = (...states: HunkState[]): Hunk[] =>
  states.map((state, index) => ({
    hunkId: `hunk${index}`,
    turnId: 'turn',
    block: index,
    fileId: 'file',
    path: 'a.ts',
    kind: 'edit',
    state,
    askedBy: 'mara',
    baseText: '',
    addedLines: 1,
    deletedLines: 0,
  }))

test('a turn that wrote nothing changed nothing', () => {
  expect(whatIsSafe([])).toBe('Nothing was changed.')
  expect(whatIsSafe(hunks('unmatched', 'conflict'))).toBe('Nothing was changed.')
})

test('complete hunks stay, unless somebody rejected them', () => {
  expect(whatIsSafe(hunks('settled'))).toBe('1 complete hunk stays.')
  expect(whatIsSafe(hunks('settled', 'accepted', 'rejected'))).toBe('2 complete hunks stay.')
  expect(whatIsSafe(hunks('rejected'))).toBe('Nothing was changed.')
})

test('an unfinished hunk was taken back', () => {
  expect(whatIsSafe(hunks('aborted'))).toBe('The unfinished hunk was taken back.')
  expect(whatIsSafe(hunks('settled', 'settled', 'aborted'))).toBe('2 complete hunks stay, the unfinished one was taken back.')
})

test('trying again rejects what nobody has decided', () => {
  expect(whatTryingAgainRejects(hunks('accepted', 'rejected', 'aborted'))).toBeUndefined()
  expect(whatTryingAgainRejects(hunks('settled', 'accepted'))).toBe('Trying again rejects its undecided hunk first.')
  expect(whatTryingAgainRejects(hunks('settled', 'settled'))).toBe('Trying again rejects its 2 undecided hunks first.')
})
