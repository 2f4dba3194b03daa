import { expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import type { TurnInfo } from '#session/session-state.ts'
import { inlineEditPhase } from './inline-edit-phase.ts'

const turn = (change: Partial<TurnInfo>): TurnInfo => ({
  turnId: 't',
  number: 1,
  askedBy: 'p',
  kind: 'inline',
  prompt: 'Rename',
  references: [],
  status: 'ended',
  reason: 'complete',
  backend: { backendId: 'b', name: 'Cerebras', kind: 'live', model: 'm' },
  startedAt: 0,
  ...change,
})
const hunk = (hunkId: string, state: Hunk['state']): Hunk => ({
  hunkId,
  turnId: 't',
  block: 1,
  fileId: 'f',
  path: 'a.ts',
  kind: 'edit',
  askedBy: 'p',
  state,
  baseText: '',
  addedLines: 1,
  deletedLines: 1,
})

test('it begins with a prompt and runs as soon as it was asked', () => {
  expect(inlineEditPhase(undefined, [])).toEqual({ kind: 'prompt' })
  expect(inlineEditPhase('asked', [])).toEqual({ kind: 'running', writing: false })
  expect(inlineEditPhase(turn({ status: 'waiting' }), [])).toEqual({ kind: 'running', writing: false })
  expect(inlineEditPhase(turn({ status: 'streaming' }), [hunk('h', 'streaming')])).toEqual({ kind: 'running', writing: true })
})

test('while a hunk waits for a decision there is something to review, however the turn ended', () => {
  const hunks = [hunk('h1', 'settled'), hunk('h2', 'accepted'), hunk('h3', 'settled')]
  expect(inlineEditPhase(turn({}), hunks)).toEqual({ kind: 'review', hunkIds: ['h1', 'h3'] })
  expect(inlineEditPhase(turn({ reason: 'length' }), hunks)).toEqual({ kind: 'review', hunkIds: ['h1', 'h3'] })
  expect(inlineEditPhase(turn({}), [hunk('h', 'conflict')])).toEqual({ kind: 'proposal' })
})

test('an end without hunks says why', () => {
  expect(inlineEditPhase(turn({}), [])).toEqual({ kind: 'unchanged' })
  expect(inlineEditPhase(turn({ reason: 'stopped' }), [hunk('h', 'aborted')])).toEqual({ kind: 'ended', reason: 'stopped' })
  expect(inlineEditPhase(turn({ reason: 'failed', failure: { code: 'stalled' } }), [])).toEqual({
    kind: 'failed',
    failure: { code: 'stalled' },
    backendName: 'Cerebras',
  })
})

test('it is over when everything is decided', () => {
  expect(inlineEditPhase(turn({}), [hunk('h1', 'accepted'), hunk('h2', 'rejected')])).toEqual({ kind: 'decided' })
})
