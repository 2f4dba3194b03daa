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
    askedBy: 'mara',
    baseText: '',
    addedLines: 1,
    deletedLines: 0,
  }))

describe('fileCardState', () => {
  test.each<[HunkState[], Parameters<typeof fileCardState>[1], ReturnType<typeof fileCardState>]>([
    [[], 'running', { kind: 'writing' }],
    [[], 'whole', { kind: 'nothing' }],
    [[], 'cut_off', { kind: 'aborted' }],
    [['settled', 'streaming'], 'running', { kind: 'writing' }],
    [['settled', 'accepted', 'settled', 'conflict'], 'whole', { kind: 'open', undecided: 2 }],
    [['accepted', 'unmatched'], 'whole', { kind: 'proposal' }],
    [['accepted', 'accepted'], 'whole', { kind: 'decided', label: 'accepted' }],
    [['accepted', 'aborted'], 'whole', { kind: 'decided', label: 'accepted' }],
    [['accepted', 'rejected'], 'whole', { kind: 'decided', label: 'partly accepted' }],
    [['rejected'], 'whole', { kind: 'decided', label: 'rejected' }],
    [['reverted'], 'whole', { kind: 'decided', label: 'reverted' }],
    [['aborted'], 'whole', { kind: 'aborted' }],
  ])('%j says what is most pressing', (states, blocks, state) => {
    expect(fileCardState(hunks(...states), blocks)).toEqual(state)
  })
})
