import type * as Y from 'yjs'
import type { Replica } from '#documents/documents.ts'
import { isOpenHunk } from '#protocol/hunks.ts'
import { SessionFailure, type Sessions } from '#sessions/sessions.ts'
import type { HunkReversal, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { isUnfinished, withState, type DecisionRooms } from './decision.ts'
import { holdsForeignText } from './foreign-text.ts'
import { positionsAround } from './hunk-record.ts'
import { insertRecorded, pieceOf } from './reversal.ts'
import { changedEvent, reverseInDocument, type Turning } from './roll-back.ts'
import { clip, liveRuns } from './yjs-items.ts'

export function isCreation({ kind }: StoredHunk): boolean {
  return kind === 'create'
}

/** Whether a created file holds only what the assistant wrote, and nothing of it was accepted but what is now taken back. */
export function isNothingElseThere(text: Y.Text, hunks: readonly Turning[], others: readonly StoredHunk[]): boolean {
  const taken = new Set(hunks.map(({ stored }) => stored.hunkId))
  const isAccepted = others.some(({ hunkId, state }) => state === 'accepted' && !taken.has(hunkId))
  return !isAccepted && !holdsForeignText(text, others)
}

/**
 * Takes back the creation of a file that goes with it. What other hunks have made of the file becomes part of the creation, whose record
 * then holds the whole text in its order, so that the file can be made again; those hunks are closed for good. Runs inside a transaction
 * of the replica.
 */
export function takeCreationBack(
  replica: Replica,
  { creation, hunks, others }: { creation: Turning; hunks: readonly Turning[]; others: readonly StoredHunk[] },
): StoredHunkEvent[] {
  const decided = new Map(hunks.map(({ becomes }) => [becomes.hunkId, becomes]))
  const { stored, becomes } = creation
  const { hunkId, decidedBy = '' } = becomes
  const rest = others.filter((hunk) => hunk.hunkId !== hunkId)
  const absorbed = rest.filter((hunk) => decided.has(hunk.hunkId) || (isOpenHunk(hunk) && !isUnfinished(hunk)))
  const inserted = [stored, ...absorbed].flatMap(({ reversal }) => reversal.inserted)
  const pieces = liveRuns(replica.text, 0, replica.text.length).flatMap((run) => clip(run, inserted, true).map(pieceOf))
  const whole = { ...stored, reversal: { inserted, deleted: [] } }
  const left = rest.filter((hunk) => !absorbed.includes(hunk))
  const closed = absorbed.map((hunk) => decided.get(hunk.hunkId) ?? withState(hunk, 'rejected', decidedBy))
  return [
    ...reverseInDocument(replica, [{ stored: whole, becomes }], left).map((event) =>
      event.event.type === 'changed' && event.event.hunk.hunkId === hunkId
        ? { ...event, reversal: whole.reversal, undoing: { inserted: [], deleted: pieces } }
        : event,
    ),
    ...closed.map((hunk) => changedEvent(hunk, { reversal: { inserted: [], deleted: [] } })),
  ]
}

/** Makes the file of a creation that was taken back again, with the text it had. False where its path cannot be had. */
export async function createAgain({ sessions, documents }: DecisionRooms, { stored, becomes }: Turning): Promise<boolean> {
  const { sessionId, turnId, path, undoing } = stored
  const content = (undoing?.deleted ?? []).map(({ text }) => text).join('')
  const proposedBy = becomes.state === 'settled' ? { proposedBy: turnId } : {}
  const file = await unlessRefused(sessions.createFile(sessionId, path, proposedBy))
  if (file === undefined) return false
  const { fileId } = file
  const replica = await documents.replica(fileId, { kind: 'assistant', turnId })
  const reversal: HunkReversal = { inserted: [], deleted: [] }
  try {
    await replica.commit(
      (text) => insertRecorded(text, 0, content, reversal),
      () => [
        changedEvent({ ...becomes, fileId, ...positionsAround(replica.text, 0, content.length) }, { reversal, undoing: null }),
      ],
    )
  } finally {
    replica.close()
  }
  return true
}

export async function confirmCreatedFile(sessions: Sessions, sessionId: string, fileId: string): Promise<void> {
  try {
    await sessions.confirmFile(sessionId, fileId)
  } catch (error) {
    if (!(error instanceof SessionFailure) || error.code !== 'not_found') throw error
  }
}

/** Undefined where the session's files do not allow it. */
export async function unlessRefused<Value>(change: Promise<Value>): Promise<Value | undefined> {
  try {
    return await change
  } catch (error) {
    if (error instanceof SessionFailure && error.code !== 'unavailable') return undefined
    throw error
  }
}
