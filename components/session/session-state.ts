import { foldChat, noChat, type ChatEvent, type ChatState } from './chat-state.ts'
import type { ZipBase } from '#protocol/bases.ts'
import type { ServerEvents } from '#protocol/events.ts'
import type { FailureCode } from '#protocol/failures.ts'
import type { Hunk, HunkEvent } from '#protocol/hunks.ts'
import type { Sharing } from '#protocol/links.ts'
import type { BackendInfo, Participant, RecordedPrompt, SessionInfo, SessionSnapshot } from '#protocol/sessions.ts'
import type { TreeChange } from '#protocol/tree.ts'
import type { Turn } from '#protocol/turns.ts'
import { foldReview, joinedReview, keepingPaths, noReview, type ReviewEvent, type ReviewState } from './review-state.ts'
import { foldSharing, type SharingEvent } from './sharing-state.ts'
import type { Whereabouts } from './whereabouts.ts'
import { changedTree, emptyTree, treeOf, type TreeState } from './tree-state.ts'
import { foldSaving, nothingRead, type Saving, type SavingEvent } from './saving-state.ts'

/** Why the server will not talk to this tab; nothing is tried again by itself. */
export type RefusalReason = FailureCode | 'session_deleted' | 'moved' | 'closed_by_server'

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

export type SessionState = TreeState & {
  connection: ConnectionState
  /** False until the first snapshot has arrived; `session` and `you` are null until then. */
  loaded: boolean
  session: SessionInfo | null
  you: Participant | null
  /** Also those who were removed. */
  participants: Participant[]
  /** Links and joiners; null unless one is an owner. */
  sharing: Sharing | null
  /** Who is here and where, one per person. */
  people: Whereabouts[]
  /** By number. */
  turns: TurnInfo[]
  chat: ChatState
  hunks: Record<string, Hunk>
  /** By fileId, only while the turn that writes there is running. */
  writeHeads: Record<string, WriteHead>
  backends: BackendInfo[]
  recordedPrompts: RecordedPrompt[]
  review: ReviewState
  /** Zips to compare with, oldest first. */
  bases: ZipBase[]
  saving: Saving
}

/** What the state is folded from: the server's events by their own names, and what the tab itself notices. */
export type SessionEvent =
  | ChatEvent
  | SharingEvent
  | { type: 'joined'; snapshot: SessionSnapshot }
  | { type: 'connection'; connection: ConnectionState }
  | { type: 'people'; people: Whereabouts[] }
  | SavingEvent
  | { type: 'session.updated'; session: SessionInfo }
  | { type: 'review'; event: ReviewEvent }
  | { type: 'tree.changed'; change: TreeChange }
  | ({ type: 'bases.changed' } & ServerEvents['bases.changed'])
  | { type: 'hunks.changed'; hunkEvents: HunkEvent[] }
  | { type: 'turn.started'; turn: Turn }
  | ({ type: 'turn.status' } & ServerEvents['turn.status'])
  | ({ type: 'turns.queued' } & ServerEvents['turns.queued'])
  | { type: 'turns.rolled-back'; turnIds: string[] }
  | ({ type: 'turn.ended' } & ServerEvents['turn.ended'])

export function initialState(now: number): SessionState {
  return {
    connection: { status: 'connecting', since: now },
    loaded: false,
    session: null,
    you: null,
    participants: [],
    sharing: null,
    people: [],
    ...emptyTree,
    turns: [],
    chat: noChat,
    hunks: {},
    writeHeads: {},
    backends: [],
    recordedPrompts: [],
    review: noReview,
    bases: [],
    saving: nothingRead,
  }
}

/** Folds one event. Parts of the state that the event does not touch keep their identity. */
export function fold(state: SessionState, event: SessionEvent): SessionState {
  switch (event.type) {
    case 'joined':
      return joined(state, event.snapshot)
    case 'connection':
      return { ...state, connection: event.connection }
    case 'people':
      return { ...state, people: event.people }
    case 'saving': {
      const saving = foldSaving(state.saving, event)
      return saving === state.saving ? state : { ...state, saving }
    }
    case 'session.updated':
      return { ...state, session: event.session }
    case 'participants.changed':
    case 'sharing.changed':
      return { ...state, ...foldSharing(state, event) }
    case 'tree.changed': {
      const { removed } = event.change
      const going = state.files.filter(({ fileId }) => removed.includes(fileId))
      return { ...state, ...changedTree(state, event.change), review: keepingPaths(state.review, going) }
    }
    case 'review': {
      const review = foldReview(state.review, event.event)
      return review === state.review ? state : { ...state, review }
    }
    case 'bases.changed':
      return { ...state, bases: event.bases }
    case 'hunks.changed':
      return event.hunkEvents.length === 0 ? state : changedHunks(state, event.hunkEvents)
    case 'turn.started':
      return isEnded(state, event.turn.turnId) ? state : { ...state, turns: withTurn(state.turns, turnInfo(event.turn)) }
    case 'turn.status':
      if (isEnded(state, event.turnId)) return state
      return { ...state, turns: state.turns.map((turn) => (turn.turnId === event.turnId ? inStatus(turn, event) : turn)) }
    case 'turns.queued':
      return { ...state, turns: renumbered(state.turns, event.numbers) }
    case 'turns.rolled-back':
      return {
        ...state,
        turns: state.turns.map((turn) => (event.turnIds.includes(turn.turnId) ? { ...turn, rolledBack: true } : turn)),
      }
    case 'turn.ended':
      return endedTurn(state, event)
    case 'messages.joined':
    case 'messages.older':
    case 'message.changed':
    case 'messages.outgoing':
      return { ...state, chat: foldChat(state.chat, event) }
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
    sharing: snapshot.sharing ?? null,
    ...treeOf(snapshot),
    turns: snapshot.turns.map(turnInfo),
    chat: foldChat(state.chat, { type: 'messages.joined', page: snapshot.messages }),
    hunks: Object.fromEntries(snapshot.hunks.map((hunk) => [hunk.hunkId, hunk])),
    writeHeads: Object.fromEntries(Object.entries(state.writeHeads).filter(([, head]) => running.has(head.turnId))),
    backends: snapshot.backends,
    recordedPrompts: snapshot.recordedPrompts,
    bases: snapshot.bases,
    review: joinedReview(snapshot.review),
  }
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

/** What was told before a snapshot that shows the end is folded after it, and is over. */
function isEnded(state: SessionState, turnId: string): boolean {
  return state.turns.some((turn) => turn.turnId === turnId && turn.status === 'ended')
}

function turnInfo(turn: Turn): TurnInfo {
  const { text: _text, reasoning: _reasoning, marks: _marks, ...info } = turn
  return info
}

function withTurn(turns: TurnInfo[], turn: TurnInfo): TurnInfo[] {
  const known = turns.some(({ turnId }) => turnId === turn.turnId)
  return known ? turns.map((other) => (other.turnId === turn.turnId ? turn : other)) : [...turns, turn].sort(byNumber)
}

const byNumber = (one: TurnInfo, other: TurnInfo) => one.number - other.number

function renumbered(turns: TurnInfo[], numbers: ServerEvents['turns.queued']['numbers']): TurnInfo[] {
  const byId = new Map(numbers.map(({ turnId, number }) => [turnId, number]))
  return turns.map((turn) => ({ ...turn, number: byId.get(turn.turnId) ?? turn.number })).sort(byNumber)
}

function inStatus(turn: TurnInfo, { status, waitUntil, startedAt = turn.startedAt }: ServerEvents['turn.status']): TurnInfo {
  const { waitUntil: _past, ...rest } = turn
  return { ...rest, status, startedAt, ...(waitUntil !== undefined && { waitUntil }) }
}

function endedTurn(state: SessionState, ended: ServerEvents['turn.ended']): SessionState {
  const { turnId, reason, stoppedBy, failure, measurements, hasCheckpoint } = ended
  const turns = state.turns.map((turn): TurnInfo => {
    if (turn.turnId !== turnId) return turn
    const { waitUntil: _past, ...rest } = turn
    return {
      ...rest,
      status: 'ended',
      reason,
      ...(stoppedBy === undefined ? {} : { stoppedBy }),
      ...(failure === undefined ? {} : { failure }),
      ...(measurements === undefined ? {} : { measurements }),
      ...(hasCheckpoint === undefined ? {} : { hasCheckpoint }),
    }
  })
  const writeHeads = Object.fromEntries(Object.entries(state.writeHeads).filter(([, head]) => head.turnId !== turnId))
  return { ...state, turns, writeHeads }
}
