import { nothingRead } from './saving-state.ts'
import { expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import type { FileNode, SessionSnapshot } from '#protocol/sessions.ts'
import type { Turn } from '#protocol/turns.ts'
import { fold, initialState, type SessionEvent } from './session-state.ts'

const mara = { participantId: 'mara', name: 'Mara', role: 'owner', colour: 0 } as const
const session = { sessionId: 's1', name: 'snake', createdAt: 5, backendId: 'replay', model: 'recorded' }

const file = (fileId: string, path: string): FileNode => ({ fileId, path, kind: 'text', lineEnding: 'lf', bytes: 3 })

const turn = (turnId: string, rest: Partial<Turn> = {}): Turn => ({
  turnId,
  number: 1,
  askedBy: 'mara',
  kind: 'chat',
  prompt: 'Add walls',
  references: [],
  status: 'queued',
  backend: { backendId: 'replay', name: 'Replay', kind: 'recorded', model: 'recorded' },
  startedAt: 10,
  text: '',
  reasoning: '',
  marks: [],
  ...rest,
})

const hunk = (hunkId: string, rest: Partial<Hunk> = {}): Hunk => ({
  hunkId,
  turnId: 't1',
  block: 0,
  fileId: 'f1',
  path: 'src/game.ts',
  kind: 'edit',
  state: 'located',
  askedBy: 'mara',
  baseText: 'old\n',
  addedLines: 0,
  deletedLines: 1,
  ...rest,
})

const snapshot = (rest: Partial<SessionSnapshot> = {}): SessionSnapshot => ({
  session,
  you: mara,
  participants: [mara],
  files: [file('f2', 'src/input.ts'), file('f1', 'src/game.ts')],
  folders: ['empty'],
  treeVersion: 3,
  turns: [],
  messages: { messages: [], hasOlder: false },
  hunks: [],
  backends: [],
  recordedPrompts: [],
  presence: { connectionId: 'c1', present: [] },
  review: { threads: [], reviews: [], requests: [], viewed: [], reviewersMayAsk: false },
  bases: [],
  ...rest,
})

const folded = (...events: SessionEvent[]) => events.reduce(fold, initialState(1))

test('before the first snapshot nothing is loaded and the connection is being made', () => {
  expect(initialState(1)).toEqual({
    connection: { status: 'connecting', since: 1 },
    loaded: false,
    session: null,
    sharing: null,
    you: null,
    participants: [],
    people: [],
    files: [],
    folders: [],
    treeVersions: { snapshot: 0, folders: 0, files: {} },
    turns: [],
    chat: { messages: [], hasOlder: false, outgoing: [] },
    hunks: {},
    writeHeads: {},
    backends: [],
    recordedPrompts: [],
    bases: [],
    review: { threads: {}, reviews: [], requests: [], viewed: {}, reviewersMayAsk: false },
    saving: nothingRead,
  })
})

test('a snapshot sorts the files, keeps turns without their logs and hunks by id', () => {
  const state = folded({
    type: 'joined',
    snapshot: snapshot({ turns: [turn('t1', { text: 'Hello', marks: [] })], hunks: [hunk('h1')] }),
  })
  const { text: _text, reasoning: _reasoning, marks: _marks, ...info } = turn('t1')
  expect(state).toEqual({
    ...initialState(1),
    loaded: true,
    session,
    you: mara,
    participants: [mara],
    files: [file('f1', 'src/game.ts'), file('f2', 'src/input.ts')],
    folders: ['empty'],
    treeVersions: { snapshot: 3, folders: 3, files: {} },
    turns: [info],
    hunks: { h1: hunk('h1') },
  })
})

test('tree changes replace, add and remove files and keep them sorted', () => {
  const change = { version: 4, changed: [file('f1', 'src/zebra.ts'), file('f3', 'README.md')], removed: ['f2'], folders: [] }
  const state = folded({ type: 'joined', snapshot: snapshot() }, { type: 'tree.changed', change })
  expect(state.files).toEqual([file('f3', 'README.md'), file('f1', 'src/zebra.ts')])
  expect(state.folders).toEqual([])
})

test('turns stand in the order of their numbers, whichever is told first', () => {
  const state = folded(
    { type: 'turn.started', turn: turn('t2', { number: 2 }) },
    { type: 'turn.started', turn: turn('t1', { number: 1 }) },
  )
  expect(state.turns.map(({ turnId }) => turnId)).toEqual(['t1', 't2'])
})

test('a hunk that grows streams, takes its new range, and moves the write head of its file', () => {
  const [start, end, head] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)]
  const state = folded(
    { type: 'turn.started', turn: turn('t1') },
    { type: 'hunks.changed', hunkEvents: [{ type: 'opened', hunk: hunk('h1') }] },
    { type: 'hunks.changed', hunkEvents: [{ type: 'grew', hunkId: 'h1', start, end, head, addedLines: 4 }] },
  )
  expect(state.hunks).toEqual({ h1: hunk('h1', { state: 'streaming', start, end, addedLines: 4 }) })
  expect(state.writeHeads).toEqual({ f1: { turnId: 't1', hunkId: 'h1', position: head } })
})

test('old lines that a growing hunk replaces follow those before them, also when they are told twice', () => {
  const bytes = Uint8Array.of(1)
  const grew = { type: 'grew', hunkId: 'h1', start: bytes, end: bytes, head: bytes, addedLines: 1 } as const
  const state = folded(
    { type: 'turn.started', turn: turn('t1') },
    { type: 'hunks.changed', hunkEvents: [{ type: 'opened', hunk: hunk('h1', { baseText: 'one\n', deletedLines: 1 }) }] },
    { type: 'hunks.changed', hunkEvents: [{ ...grew, replaced: { at: 4, text: 'two\n', lines: 2 } }] },
    { type: 'hunks.changed', hunkEvents: [{ ...grew, replaced: { at: 4, text: 'two\n', lines: 2 } }, grew] },
    { type: 'hunks.changed', hunkEvents: [{ ...grew, replaced: { at: 8, text: 'three\n', lines: 3 } }] },
  )
  expect(state.hunks.h1).toMatchObject({ baseText: 'one\ntwo\nthree\n', deletedLines: 3 })
})

test('a hunk that is written at once moves the write head too, a decided one does not', () => {
  const [start, end] = [Uint8Array.of(1), Uint8Array.of(2)]
  const settled = hunk('h1', { state: 'settled', start, end })
  const written = folded(
    { type: 'turn.started', turn: turn('t1') },
    { type: 'hunks.changed', hunkEvents: [{ type: 'opened', hunk: settled }] },
  )
  expect(written.writeHeads).toEqual({ f1: { turnId: 't1', hunkId: 'h1', position: end } })
  const decided = folded(
    { type: 'hunks.changed', hunkEvents: [{ type: 'opened', hunk: settled }] },
    { type: 'turn.started', turn: turn('t1') },
    { type: 'hunks.changed', hunkEvents: [{ type: 'changed', hunk: { ...settled, state: 'accepted' } }] },
  )
  expect(decided.writeHeads).toEqual({})
})

test('growth of a hunk that this tab does not know changes nothing', () => {
  const bytes = Uint8Array.of(1)
  const state = folded({
    type: 'hunks.changed',
    hunkEvents: [{ type: 'grew', hunkId: 'gone', start: bytes, end: bytes, head: bytes, addedLines: 1 }],
  })
  expect(state).toEqual(initialState(1))
})

test('a waiting turn says until when, and forgets it when it goes on', () => {
  const waiting = folded(
    { type: 'turn.started', turn: turn('t1') },
    { type: 'turn.status', turnId: 't1', status: 'waiting', waitUntil: 99 },
  )
  expect(waiting.turns.map(({ status, waitUntil }) => ({ status, waitUntil }))).toEqual([{ status: 'waiting', waitUntil: 99 }])
  const streaming = fold(waiting, { type: 'turn.status', turnId: 't1', status: 'streaming' })
  expect(streaming.turns[0]).not.toHaveProperty('waitUntil')
})

test('an ended turn keeps reason, failure and measurements and takes its write heads with it', () => {
  const bytes = Uint8Array.of(1)
  const state = folded(
    { type: 'turn.started', turn: turn('t1') },
    { type: 'hunks.changed', hunkEvents: [{ type: 'opened', hunk: hunk('h1') }] },
    {
      type: 'hunks.changed',
      hunkEvents: [{ type: 'grew', hunkId: 'h1', start: bytes, end: bytes, head: bytes, addedLines: 1 }],
    },
    {
      type: 'turn.ended',
      turnId: 't1',
      reason: 'failed',
      failure: { code: 'stalled' },
      measurements: { ttftMs: 180, tokensFrom: 'estimate' },
    },
  )
  expect(state.writeHeads).toEqual({})
  expect(state.turns).toMatchObject([
    { turnId: 't1', status: 'ended', reason: 'failed', failure: { code: 'stalled' }, measurements: { ttftMs: 180 } },
  ])
})

test('joining again drops the write heads of turns that ended meanwhile', () => {
  const bytes = Uint8Array.of(1)
  const state = folded(
    { type: 'turn.started', turn: turn('t1', { status: 'streaming' }) },
    { type: 'hunks.changed', hunkEvents: [{ type: 'opened', hunk: hunk('h1') }] },
    {
      type: 'hunks.changed',
      hunkEvents: [{ type: 'grew', hunkId: 'h1', start: bytes, end: bytes, head: bytes, addedLines: 1 }],
    },
    { type: 'joined', snapshot: snapshot({ turns: [turn('t1', { status: 'ended', reason: 'interrupted' })] }) },
  )
  expect(state.writeHeads).toEqual({})
})

test('an event leaves the parts of the state that it does not touch as they are', () => {
  const before = folded({ type: 'joined', snapshot: snapshot() })
  const after = fold(before, { type: 'turn.started', turn: turn('t1') })
  expect(after.files).toBe(before.files)
  expect(after.hunks).toBe(before.hunks)
  expect(fold(after, { type: 'saving', saving: { ...nothingRead } })).toBe(after)
})

test('[CH1] turns that wait take other numbers, and with them other places', () => {
  const turns = ['t1', 't2', 't3'].map((turnId, index) => turn(turnId, { number: index + 1 }))
  const state = folded({ type: 'joined', snapshot: snapshot({ turns }) })
  const moved = fold(state, {
    type: 'turns.queued',
    numbers: [
      { turnId: 't3', number: 2 },
      { turnId: 't2', number: 3 },
    ],
  })
  expect(moved.turns.map(({ turnId, number }) => [turnId, number])).toEqual([
    ['t1', 1],
    ['t3', 2],
    ['t2', 3],
  ])
})

test('[CH4] a turn that was stopped says by whom, and one that waited began when its turn came', () => {
  const state = folded(
    { type: 'joined', snapshot: snapshot({ turns: [turn('t1')] }) },
    { type: 'turn.status', turnId: 't1', status: 'waiting', startedAt: 99 },
    { type: 'turn.ended', turnId: 't1', reason: 'stopped', stoppedBy: 'ada' },
  )
  expect(state.turns).toMatchObject([{ startedAt: 99, reason: 'stopped', stoppedBy: 'ada' }])
})

test('[K2] whether a turn has a checkpoint is told when it ends', () => {
  const state = folded(
    { type: 'joined', snapshot: snapshot({ turns: [turn('t1'), turn('t2')] }) },
    { type: 'turn.ended', turnId: 't1', reason: 'complete', hasCheckpoint: true },
    { type: 'turn.ended', turnId: 't2', reason: 'interrupted' },
  )
  expect(state.turns.map(({ hasCheckpoint }) => hasCheckpoint)).toEqual([true, undefined])
})

test('[C4] a turn that the snapshot shows as ended does not run again when its beginning is folded after it', () => {
  const ended = fold(initialState(0), { type: 'turn.started', turn: turn('t1', { status: 'ended', reason: 'complete' }) })
  expect(fold(ended, { type: 'turn.started', turn: turn('t1') })).toBe(ended)
  expect(fold(ended, { type: 'turn.status', turnId: 't1', status: 'streaming' })).toBe(ended)
})

test('[Z1] the zips to compare with are those of the snapshot, and then those that were told last', () => {
  const zip = (baseId: string) => ({ baseId, name: baseId, addedBy: 'mara', addedAt: 1, files: 2 })
  const joined = folded({ type: 'joined', snapshot: snapshot({ bases: [zip('z1')] }) })
  expect(joined.bases).toEqual([zip('z1')])
  expect(fold(joined, { type: 'bases.changed', bases: [zip('z2')] }).bases).toEqual([zip('z2')])
})
