import { lineCount } from '#edits/lines.ts'
import { isOpenHunk, type Hunk } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { HunkReversal, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { isUnfinished, withState, type DecisionRooms } from './decision.ts'
import { changedEvent, publicHunk, type Turning } from './roll-back.ts'

/** A file that a hunk has removed: what the hunk keeps of it, and the other hunks that went with it. */
export type RemovedFile = { kept: Pick<Hunk, 'baseText' | 'deletedLines'>; reversal: HunkReversal; closed: StoredHunkEvent[] }

/** As it is stored before anything happens to the files: should the server stop in between, its next start goes on from there. */
export function begun({ stored, becomes: { decidedBy } }: Turning): Hunk {
  return { ...publicHunk(stored), state: 'settled', ...(decidedBy !== undefined && { decidedBy }) }
}

/**
 * Deletes a text file on behalf of a hunk, which keeps its text. The text is stored before the file goes, and read once more after it
 * went: whatever people had written by then is in it.
 */
export async function removeFile(
  { store, sessions, documents }: DecisionRooms,
  hunk: Turning,
  { fileId, lineEnding }: FileNode,
): Promise<RemovedFile> {
  const { sessionId, hunkId } = hunk.stored
  const participantId = hunk.becomes.decidedBy ?? ''
  const reversal = { inserted: [], deleted: [], removedFile: { lineEnding } }
  const replica = await documents.replica(fileId, { kind: 'participant', participantId })
  const kept = () => {
    const baseText = replica.text.toString()
    return { baseText, deletedLines: lineCount(baseText) }
  }
  try {
    await store.saveHunks(sessionId, [changedEvent({ ...begun(hunk), ...kept() }, { reversal })])
    await sessions.deleteFile(sessionId, fileId)
    const closed = (await store.hunksOfFile(sessionId, fileId))
      .filter((other) => other.hunkId !== hunkId && isOpenHunk(other) && !isUnfinished(other))
      .map((other) => changedEvent(withState(other, 'rejected', participantId)))
    return { kept: kept(), reversal, closed }
  } finally {
    replica.close()
  }
}

/** The text of a removed file with the line endings it had. */
export function removedText({ baseText, reversal }: StoredHunk): string {
  const ending = { lf: '\n', crlf: '\r\n', cr: '\r' }[reversal.removedFile?.lineEnding ?? 'lf']
  return baseText.replaceAll('\n', ending)
}
