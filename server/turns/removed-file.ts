import { splitLines } from '#edits/line-diff.ts'
import { isOpenHunk, type Hunk } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { HunkReversal, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { isUnfinished, withState, type DecisionRooms } from './decision.ts'
import { changedEvent, publicHunk, type Turning } from './roll-back.ts'

/** A file that a hunk has removed: what the hunk keeps of it, and the other hunks that went with it. */
export type RemovedFile = { kept: Pick<Hunk, 'baseText' | 'deletedLines'>; reversal: HunkReversal; closed: StoredHunkEvent[] }

/**
 * Deletes a text file on behalf of a hunk, which keeps its text. The text is stored before the file goes, and read once more after it
 * went: whatever people had written by then is in it.
 */
export async function removeFile(
  { store, sessions, documents }: DecisionRooms,
  { stored, becomes }: Turning,
  { fileId, lineEnding }: FileNode,
): Promise<RemovedFile> {
  const { sessionId, hunkId } = stored
  const participantId = becomes.decidedBy ?? ''
  const reversal = { inserted: [], deleted: [], removedFile: { lineEnding } }
  const replica = await documents.replica(fileId, { kind: 'participant', participantId })
  const kept = () => {
    const baseText = replica.text.toString()
    return { baseText, deletedLines: splitLines(baseText).length }
  }
  try {
    await store.saveHunks(sessionId, [changedEvent({ ...publicHunk(stored), ...kept() }, { reversal })])
    await sessions.deleteFile(sessionId, fileId)
    const closed = (await store.hunksOfFile(sessionId, fileId))
      .filter((hunk) => hunk.hunkId !== hunkId && isOpenHunk(hunk) && !isUnfinished(hunk))
      .map((hunk) => changedEvent(withState(hunk, 'rejected', participantId)))
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
