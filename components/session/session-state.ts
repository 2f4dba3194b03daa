import type { ServerEvents } from '#protocol/events.ts'
import type { FailureCode } from '#protocol/failures.ts'
import type { Hunk, HunkEvent } from '#protocol/hunks.ts'
import type { BackendInfo, FileNode, Participant, RecordedPrompt, SessionInfo, SessionSnapshot } from '#protocol/sessions.ts'
import type { Turn } from '#protocol/turns.ts'

/** Why the server will not talk to this tab; nothing is tried again by itself. */
export type RefusalReason = FailureCode | 'session_deleted' | 'closed_by_server'

/** `since`: ms since the epoch, client clock. */
export type ConnectionState =
  | { status: 'connecting'; since: number }
  | { status: 'online'; since: number; transport: 'websocket' | 'polling' }
  | { status: 'offline'; since: number }
  | { status: 'refused'; since: number; reason: RefusalReason }

/** A turn without its log, which lives in the turn's `TurnLog`. */
export type TurnInfo = Omit<Turn, 'text' | 'reasoning' | 'marks'> & {
  /** While `waiting`: when the request can be sent, ms since the epoch, server clock. */
  waitUntil?: number
}

/** Where the assistant wrote last in a file (encoded Y.RelativePosition). */
export type WriteHead = { turnId: string; hunkId: string; position: Uint8Array }

export type SessionState = {
  connection: ConnectionState
  /** False until the first snapshot has arrived; `session` and `you` are null until then. */
  loaded: boolean
  session: SessionInfo | null
  you: Participant | null
  participants: Participant[]
  /** Sorted by path. */
  files: FileNode[]
  /** Oldest first. */
  turns: TurnInfo[]
  hunks: Record<string, Hunk>
  /** By fileId, only while the turn that writes there is running. */
  writeHeads: Record<string, WriteHead>
  backends: BackendInfo[]
  recordedPrompts: RecordedPrompt[]
  /** Own edits that the server has not stored yet. */
  saving: { pending: number }
}

/** What the state is folded from: the server's events by their own names, and what the tab itself notices. */
export type SessionEvent =
  | { type: 'joined'; snapshot: SessionSnapshot }
  | { type: 'connection'; connection: ConnectionState }
  | { type: 'saving'; pending: number }
  | { type: 'session.updated'; session: SessionInfo }
  | { type: 'tree.changed'; changed: FileNode[]; removed: string[] }
  | { type: 'hunks.changed'; hunkEvents: HunkEvent[] }
  | { type: 'turn.started'; turn: Turn }
  | ({ type: 'turn.status' } & ServerEvents['turn.status'])
  | { type: 'turns.rolled-back'; turnIds: string[] }
  | ({ type: 'turn.ended' } & ServerEvents['turn.ended'])

export function initialState(now: number): SessionState {
  return {
    connection: { status: 'connecting', since: now },
    loaded: false,
    session: null,
    you: null,
    participants: [],
    files: [],
    turns: [],
    hunks: {},
    writeHeads: {},
    backends: [],
    recordedPrompts: [],
    saving: { pending: 0 },
  }
}

/** Folds one event. Parts of the state that the event does not touch keep their identity. */
export function fold(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'joined':
      return joined(state, event.snapshot)
    case 'connection':
      return { ...state, connection: event.connection }
    case 'saving':
      return event.pending === state.saving.pending ? state : { ...state, saving: { pending: event.pending } }
    case 'session.updated':
      return { ...state, session: event.session }
    case 'tree.changed':
      return { ...state, files: changedFiles(state.files, event.changed, event.removed) }
    case 'hunks.changed':
      return event.hunkEvents.length === 0 ? state : changedHunks(state, event.hunkEvents)
    case 'turn.started':
      return { ...state, turns: withTurn(state.turns, turnInfo(event.turn)) }
    case 'turn.status':
      return { ...state, turns: state.turns.map((turn) => (turn.turnId === event.turnId ? inStatus(turn, event) : turn)) }
    case 'turns.rolled-back':
      return {
        ...state,
        turns: state.turns.map((turn) => (event.turnIds.includes(turn.turnId) ? { ...turn, rolledBack: true } : turn)),
      }
    case 'turn.ended':
      return endedTurn(state, event)
  }
}

function joined(state: SessionState, snapshot: SessionSnapshot): SessionState {
  const running = new Set(snapshot.turns.filter((turn) => turn.status !== 'ended').map((turn) => turn.turnId))
  return {
    ...state,
    loaded: true,
    session: snapshot.session,
    you: snapshot.you,
    participants: snapshot.participants,
    files: [...snapshot.files].sort(byPath),
    turns: snapshot.turns.map(turnInfo),
    hunks: Object.fromEntries(snapshot.hunks.map((hunk) => [hunk.hunkId, hunk])),
    writeHeads: Object.fromEntries(Object.entries(state.writeHeads).filter(([, head]) => running.has(head.turnId))),
    backends: snapshot.backends,
    recordedPrompts: snapshot.recordedPrompts,
  }
}

function changedFiles(files: FileNode[], changed: FileNode[], removed: string[]): FileNode[] {
  const gone = new Set([...removed, ...changed.map((file) => file.fileId)])
  return [...files.filter((file) => !gone.has(file.fileId)), ...changed].sort(byPath)
}

function byPath(one: FileNode, other: FileNode): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}

function changedHunks(state: SessionState, events: HunkEvent[]): SessionState {
  const hunks = { ...state.hunks }
  const writeHeads = { ...state.writeHeads }
  for (const event of events) {
    const known = hunks[event.type === 'grew' ? event.hunkId : event.hunk.hunkId]
    const hunk = event.type === 'grew' ? known && grown(known, event) : event.hunk
    if (hunk === undefined) continue
    hunks[hunk.hunkId] = hunk
    // A decision changes a hunk too, but nobody writes there then.
    const writes = hunk.state === 'streaming' || (hunk.state === 'settled' && known?.state !== 'settled')
    const position = event.type === 'grew' ? event.head : hunk.end
    if (!writes || position === undefined || hunk.fileId === null || !isRunning(state, hunk.turnId)) continue
    writeHeads[hunk.fileId] = { turnId: hunk.turnId, hunkId: hunk.hunkId, position }
  }
  return { ...state, hunks, writeHeads }
}

function grown(hunk: Hunk, { start, end, addedLines, replaced }: HunkEvent & { type: 'grew' }): Hunk {
  const old = replaced && { baseText: hunk.baseText.slice(0, replaced.at) + replaced.text, deletedLines: replaced.lines }
  return { ...hunk, ...old, state: 'streaming', start, end, addedLines }
}

function isRunning(state: SessionState, turnId: string): boolean {
  return state.turns.some((turn) => turn.turnId === turnId && turn.status !== 'ended')
}

function turnInfo(turn: Turn): TurnInfo {
  const { text: _text, reasoning: _reasoning, marks: _marks, ...info } = turn
  return info
}

function withTurn(turns: TurnInfo[], turn: TurnInfo): TurnInfo[] {
  const known = turns.some(({ turnId }) => turnId === turn.turnId)
  return known ? turns.map((other) => (other.turnId === turn.turnId ? turn : other)) : [...turns, turn]
}

function inStatus(turn: TurnInfo, { status, waitUntil }: ServerEvents['turn.status']): TurnInfo {
  const { waitUntil: _past, ...rest } = turn
  return waitUntil === undefined ? { ...rest, status } : { ...rest, status, waitUntil }
}

function endedTurn(state: SessionState, ended: ServerEvents['turn.ended']): SessionState {
  const { turnId, reason, failure, measurements } = ended
  const turns = state.turns.map((turn): TurnInfo => {
    if (turn.turnId !== turnId) return turn
    const { waitUntil: _past, ...rest } = turn
    return {
      ...rest,
      status: 'ended',
      reason,
      ...(failure === undefined ? {} : { failure }),
      ...(measurements === undefined ? {} : { measurements }),
    }
  })
  const writeHeads = Object.fromEntries(Object.entries(state.writeHeads).filter(([, head]) => head.turnId !== turnId))
  return { ...state, turns, writeHeads }
}
