import { isFileGone, type Replica } from '#documents/documents.ts'
import type { StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { confirmCreatedFile, createAgain, isCreation, isNothingElseThere, takeCreationBack } from './created-files.ts'
import { decidedHunk, record, type Decision, type DecisionRooms } from './decision.ts'
import { changedEvent, discardCreatedFile, reverseInDocument, type Turning } from './roll-back.ts'

/**
 * Decides hunks of one document (`null`: of none) in one transaction, whoever calls it being alone with them. Returns the ids of those
 * that were decided.
 */
export async function decideInDocument(rooms: DecisionRooms, fileId: string | null, decision: Decision): Promise<string[]> {
  const hunks = (await rooms.store.hunksById([...decision.hunkIds])).flatMap((stored): Turning[] => {
    const becomes = decidedHunk(stored, decision)
    return becomes === undefined ? [] : [{ stored, becomes }]
  })
  if (hunks.length === 0) return []
  if (fileId === null) return decideWithoutDocument(rooms, decision, hunks)
  try {
    const replica = await rooms.documents.replica(fileId, { kind: 'participant', participantId: decision.participantId })
    try {
      await change(rooms, decision, replica, hunks)
    } finally {
      replica.close()
    }
    return hunks.map(({ becomes }) => becomes.hunkId)
  } catch (error) {
    if (!isFileGone(error)) throw error
    return decideWithoutDocument(rooms, decision, hunks)
  }
}

async function change(
  rooms: DecisionRooms,
  { sessionId, decision }: Decision,
  replica: Replica,
  hunks: readonly Turning[],
): Promise<void> {
  switch (decision) {
    case 'accept':
      await replica.commit(undefined, () => hunks.map(({ becomes }) => changedEvent(becomes)))
      if (hunks.some(({ stored }) => isCreation(stored))) await confirmCreatedFile(rooms.sessions, sessionId, replica.fileId)
      return
    case 'redo': {
      const others = await rooms.store.hunksOfFile(sessionId, replica.fileId)
      let events: StoredHunkEvent[] = []
      await replica.commit(
        () => (events = reverseInDocument(replica, hunks, others)),
        () => events,
      )
      return
    }
    case 'reject':
    case 'revert':
      await takeOut(rooms, sessionId, replica, hunks)
  }
}

async function takeOut(
  { sessions, store }: DecisionRooms,
  sessionId: string,
  replica: Replica,
  hunks: readonly Turning[],
): Promise<void> {
  const others = await store.hunksOfFile(sessionId, replica.fileId)
  const inText = hunks.filter(({ stored }) => isInText(stored))
  const creation = inText.find(({ stored }) => isCreation(stored))
  const file = creation && (await sessions.file(sessionId, replica.fileId))
  let events: StoredHunkEvent[] = []
  let isGoing = false
  await replica.commit(
    () => {
      isGoing = creation !== undefined && isNothingElseThere(replica.text, hunks, others)
      if (creation !== undefined && isGoing) {
        const path = file?.path ?? creation.becomes.path
        events = takeCreationBack(replica, { creation: { ...creation, becomes: { ...creation.becomes, path } }, hunks, others })
      } else {
        const shown = hunks.filter(({ stored }) => !isInText(stored))
        events = [...reverseInDocument(replica, inText, others), ...shown.map(({ becomes }) => changedEvent(becomes))]
      }
    },
    () => events,
  )
  if (isGoing) await discardCreatedFile({ sessions, sessionId }, replica, others)
  else if (creation !== undefined) await confirmCreatedFile(sessions, sessionId, replica.fileId)
}

/** What is open is closed: there is no text to change. What would have to change text is skipped; only a file can be made again. */
async function decideWithoutDocument(
  rooms: DecisionRooms,
  { sessionId, decision }: Decision,
  hunks: readonly Turning[],
): Promise<string[]> {
  if (decision === 'redo') {
    const decided: string[] = []
    for (const hunk of hunks) {
      if (isCreation(hunk.stored) && (await createAgain(rooms, hunk))) decided.push(hunk.stored.hunkId)
    }
    return decided
  }
  const closed = hunks.filter(({ stored }) => stored.state !== 'accepted').map(({ becomes }) => becomes)
  await record(
    rooms,
    sessionId,
    closed.map((hunk) => changedEvent(hunk)),
  )
  return closed.map(({ hunkId }) => hunkId)
}

/** Whether the hunk's text stands in its document; a proposal's does not. */
function isInText({ state }: StoredHunk): boolean {
  return state === 'settled' || state === 'accepted'
}
