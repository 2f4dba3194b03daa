import { describe, expect, test } from 'vitest'
import type { Hunk, HunkState } from '#protocol/hunks.ts'
import { fileCardState } from './file-card-state.ts'

const hunks = (...states: HunkState[]): Hunk[] =>
  states.map((state, index) => ({
    hunkId: `h${index}`,
    turnId: 't',
    block: index,
    fileId: 'f',
    path: 'a.ts',
    kind: 'edit',
    state,
    baseText: '',
    addedLines: 1,
    deletedLines: 0,
  }))

describe('fileCardState', () => {
  test.each<[HunkState[], boolean, ReturnType<typeof fileCardState>]>([
    [[], true, { kind: 'writing' }],
    [[], false, { kind: 'nothing' }],
    [['settled', 'streaming'], true, { kind: 'writing' }],
    [['settled', 'accepted', 'settled', 'conflict'], false, { kind: 'open', undecided: 2 }],
    [['accepted', 'unmatched'], false, { kind: 'proposal' }],
    [['accepted', 'accepted'], false, { kind: 'decided', label: 'accepted' }],
    [['accepted', 'aborted'], false, { kind: 'decided', label: 'accepted' }],
    [['accepted', 'rejected'], false, { kind: 'decided', label: 'partly accepted' }],
    [['rejected'], false, { kind: 'decided', label: 'rejected' }],
    [['reverted'], false, { kind: 'decided', label: 'reverted' }],
    [['aborted'], false, { kind: 'aborted' }],
  ])('%j says what is most pressing', (states, running, state) => {
    expect(fileCardState(hunks(...states), running)).toEqual(state)
  })
})
