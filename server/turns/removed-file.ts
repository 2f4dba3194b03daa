import * as Y from 'yjs'
import type { Replica } from '#documents/documents.ts'
import { lineCount } from '#edits/lines.ts'
import { isOpenHunk, type Hunk } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { HunkReversal, Store, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { isCreation } from './created-files.ts'
import { isFileOperation, isUnfinished, withState, type DecisionRooms } from './decision.ts'
import { reverseHunks } from './reverse-hunks.ts'
import { changedEvent, publicHunk, type Turning } from './roll-back.ts'

/** A file that a hunk has removed: what the hunk keeps of it, and the other hunks that went with it. */
export type RemovedFile = { kept: Pick<Hunk, 'baseText' | 'deletedLines'>; reversal: HunkReversal; closed: StoredHunkEvent[] }

/** As it is stored before anything happens to the files: should the server stop in between, its next start goes on from there. */
export function begun({ stored, becomes: { decidedBy } }: Turning): Hunk {
  return { ...publicHunk(stored), state: 'settled', ...(decidedBy !== undefined && { decidedBy }) }
}

/**
 * Deletes a text file on behalf of a hunk, whoever calls it being alone with the file; the hunk keeps the text, less what hunks wrote that
 * nobody has accepted. It is stored before the file goes, and read once more after it went: whatever people had written by then is
 * in it.
 */
export async function removeFile(
  { store, sessions, documents }: DecisionRooms,
  hunk: Turning,
  { fileId, lineEnding }: FileNode,
): Promise<RemovedFile> {
  const { sessionId, hunkId, turnId } = hunk.stored
  const participantId = hunk.becomes.decidedBy ?? ''
  const replica = await documents.replica(fileId, { kind: 'participant', participantId })
  try {
    const others = (await store.hunksOfFile(sessionId, fileId)).filter((other) => other.hunkId !== hunkId)
    // What a turn is still writing here becomes a proposal, which it closes itself.
    const notAccepted = others.filter((other) => (other.state === 'settled' || isUnfinished(other)) && !isFileOperation(other))
    const own = others.filter((other) => other.turnId === turnId && isAcceptedText(other))
    const now = (): Pick<RemovedFile, 'kept' | 'reversal'> => {
      const baseText = textWithout(replica, notAccepted, others)
      const before = own.length > 0 ? { before: textWithout(replica, [...notAccepted, ...own], others) } : {}
      return {
        kept: { baseText, deletedLines: lineCount(baseText) },
        reversal: { inserted: [], deleted: [], removedFile: { lineEnding, fileId, ...before } },
      }
    }
    const { kept, reversal } = now()
    await store.saveHunks(sessionId, [changedEvent({ ...begun(hunk), ...kept }, { reversal })])
    await sessions.deleteFile(sessionId, fileId)
    return { ...now(), closed: closedWithFile(others, participantId) }
  } finally {
    replica.close()
  }
}

/** The hunks that were still open in a file that is gone, so that nobody is asked about them any more. */
export async function leftBehind(
  store: Store,
  { stored: { sessionId, hunkId }, becomes: { decidedBy = '' } }: Turning,
  fileId: string | null | undefined,
): Promise<StoredHunkEvent[]> {
  const hunks = fileId ? await store.hunksOfFile(sessionId, fileId) : []
  return closedWithFile(
    hunks.filter((other) => other.hunkId !== hunkId),
    decidedBy,
  )
}

/**
 * What a removed file comes back as (with the line endings it had) when its removal is taken back together with the hunks in `along`. Where
 * those are all that the turn had accepted in it, they are taken back with it (`turned`), and the file is as it was before the turn; `text`
 * is undefined if there was no such file.
 */
export async function returningFile(
  store: Store,
  { sessionId, turnId, baseText, reversal: { removedFile } }: StoredHunk,
  along: ReadonlySet<string>,
): Promise<{ text: string | undefined; turned: StoredHunk[] }> {
  const { fileId, before, lineEnding = 'lf' } = removedFile ?? {}
  const hunks = fileId === undefined ? [] : await store.hunksOfFile(sessionId, fileId)
  const own = hunks.filter((hunk) => hunk.turnId === turnId && isAcceptedText(hunk))
  const isWhole = before !== undefined && own.every(({ hunkId }) => along.has(hunkId))
  const turned = isWhole ? own : []
  const text = isWhole ? before : baseText
  const isNoFile = text === '' && hunks.some((hunk) => isCreation(hunk) && (hunk.state !== 'accepted' || turned.includes(hunk)))
  return { text: isNoFile ? undefined : text.replaceAll('\n', { lf: '\n', crlf: '\r\n', cr: '\r' }[lineEnding]), turned }
}

function closedWithFile(others: readonly StoredHunk[], participantId: string): StoredHunkEvent[] {
  const open = others.filter((other) => isOpenHunk(other) && !isUnfinished(other))
  return open.map((other) => changedEvent(withState(other, 'rejected', participantId)))
}

function isAcceptedText(hunk: StoredHunk): boolean {
  return hunk.state === 'accepted' && !isFileOperation(hunk)
}

/** The text of a document as it would be if hunks were taken back. */
function textWithout({ doc, text }: Replica, hunks: readonly StoredHunk[], others: readonly StoredHunk[]): string {
  if (hunks.length === 0) return text.toString()
  const copy = new Y.Doc()
  const copied = copy.getText('text')
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.transact((transaction) => reverseHunks(transaction, copied, hunks, others))
  const result = copied.toString()
  copy.destroy()
  return result
}
