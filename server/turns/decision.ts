import type { Documents } from '#documents/documents.ts'
import { isProposal, type Hunk, type HunkEvent, type HunkState } from '#protocol/hunks.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Store, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { publicHunk } from './roll-back.ts'

export type Decision = {
  sessionId: string
  participantId: string
  hunkIds: readonly string[]
  decision: 'accept' | 'reject' | 'revert' | 'redo'
}

/** What deciding needs. */
export type DecisionRooms = {
  store: Store
  documents: Documents
  sessions: Sessions
  /** Told of hunks whose change was stored without a document. */
  onHunks: (sessionId: string, hunkEvents: HunkEvent[]) => void
}

/** What the decision makes of the hunk; undefined where it cannot be decided that way. */
export function decidedHunk(stored: StoredHunk, { decision, participantId }: Decision): Hunk | undefined {
  const state = decidedState(stored, decision)
  return state && withState(stored, state, participantId)
}

/** A hunk that is open again has nobody who decided it. */
export function withState(stored: StoredHunk, state: HunkState, participantId: string): Hunk {
  const { decidedBy: _before, ...hunk } = publicHunk(stored)
  return { ...hunk, state, ...(state !== 'settled' && { decidedBy: participantId }) }
}

/** A change of a whole file, which happens only once it is accepted. */
export function isFileOperation({ kind }: Hunk): boolean {
  return kind === 'rename' || kind === 'delete'
}

/** A hunk that its turn has not brought to an end; only the turn's own end closes it. */
export function isUnfinished({ state }: Hunk): boolean {
  return state === 'streaming' || state === 'located'
}

/** Stores changes of hunks whose document is not touched, and tells of them. */
export async function record(
  { store, onHunks }: Pick<DecisionRooms, 'store' | 'onHunks'>,
  sessionId: string,
  events: StoredHunkEvent[],
): Promise<void> {
  if (events.length === 0) return
  await store.saveHunks(sessionId, events)
  onHunks(
    sessionId,
    events.map(({ event }) => event),
  )
}

/** The turns of a session that no later chat turn has built upon. */
export async function lastTurns(store: Store, sessionId: string): Promise<Set<string>> {
  const turns = await store.turns(sessionId)
  const begun = turns.filter(({ kind, status }) => kind === 'chat' && status !== 'queued')
  const last = Math.max(0, ...begun.map(({ number }) => number))
  return new Set(turns.filter(({ number }) => number >= last).map(({ turnId }) => turnId))
}

function decidedState(hunk: StoredHunk, decision: Decision['decision']): HunkState | undefined {
  switch (decision) {
    case 'accept':
      return hunk.state === 'settled' ? 'accepted' : undefined
    case 'reject':
      return hunk.state === 'settled' || isProposal(hunk) ? 'rejected' : undefined
    case 'revert':
      return hunk.state === 'accepted' ? 'reverted' : decidedState(hunk, 'reject')
    case 'redo':
      if (!canComeBack(hunk)) return undefined
      return hunk.state === 'rejected' ? 'settled' : hunk.state === 'reverted' ? 'accepted' : undefined
  }
}

/** A proposal, which keeps its reason, was never anything that could come back. */
function canComeBack(hunk: StoredHunk): boolean {
  return isFileOperation(hunk) ? hunk.reason === undefined : hunk.undoing !== undefined
}
