import { isFileGone, type Documents } from '#documents/documents.ts'
import type { HunkEvent } from '#protocol/hunks.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Store, StoredHunk, StoredHunkEvent, TurnRecord } from '#store/store.ts'
import { isUnfinished } from './decision.ts'
import type { DocumentLines } from './document-lines.ts'
import type { Log } from './log.ts'
import { changedEvent, discardCreatedFile, publicHunk, reverseInDocument, type Turning } from './roll-back.ts'

type Rooms = {
  store: Store
  documents: Documents
  sessions: Sessions
  lines: DocumentLines
  /** Told of hunks whose document is gone. */
  onHunks?: (sessionId: string, hunkEvents: HunkEvent[]) => void
}

/** Ends the turns that a restart cut off: what they were writing is taken back, what they had finished stays. */
export async function endInterruptedTurns(rooms: Rooms & { log: Log }): Promise<void> {
  for (const turn of await rooms.store.unendedTurns()) {
    try {
      await takeBackUnfinished(rooms, turn)
    } catch (error) {
      rooms.log.error({ err: error, turnId: turn.turnId }, 'an interrupted turn was not taken back')
      continue
    }
    await rooms.store.updateTurn(turn.turnId, { status: 'ended', reason: 'interrupted' })
  }
}

/** Takes back what a turn has begun in documents and not finished, as the store knows it. */
export async function takeBackUnfinished(rooms: Rooms, turn: TurnRecord): Promise<void> {
  const { store, sessions, lines } = rooms
  const unfinished = (await store.hunksOfTurn(turn.turnId)).filter(isUnfinished)
  // A file may have been created although the first row of its text was never written.
  const created = (await sessions.files(turn.sessionId)).filter(({ proposedBy }) => proposedBy === turn.turnId)
  const createdIds = new Set(created.map((file) => file.fileId))
  for (const fileId of new Set([...unfinished.map((hunk) => hunk.fileId), ...createdIds])) {
    if (fileId === null) continue
    await lines.run(fileId, () => takeBackInFile(rooms, turn, { fileId, isCreation: createdIds.has(fileId) }))
  }
}

async function takeBackInFile(
  { store, documents, sessions, onHunks }: Rooms,
  { turnId, sessionId }: TurnRecord,
  { fileId, isCreation }: { fileId: string; isCreation: boolean },
): Promise<void> {
  const ofFile = await store.hunksOfFile(sessionId, fileId)
  const own = ofFile.filter((hunk) => hunk.turnId === turnId)
  const cutOff = own.filter(isUnfinished)
  try {
    const replica = await documents.replica(fileId, { kind: 'assistant', turnId })
    let events: StoredHunkEvent[] = []
    try {
      await replica.commit(
        () => (events = reverseInDocument(replica, cutOff.map(aborted), ofFile)),
        () => events,
      )
      if (isCreation && own.length === cutOff.length) await discardCreatedFile({ sessions, sessionId }, replica, ofFile)
    } finally {
      replica.close()
    }
  } catch (error) {
    if (!isFileGone(error)) throw error
    const events = cutOff.map((hunk) => changedEvent(aborted(hunk).becomes))
    await store.saveHunks(sessionId, events)
    onHunks?.(
      sessionId,
      events.map(({ event }) => event),
    )
  }
}

function aborted(stored: StoredHunk): Turning {
  return { stored, becomes: { ...publicHunk(stored), state: 'aborted', reason: 'turn_ended' } }
}
