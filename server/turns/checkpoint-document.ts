import type * as Y from 'yjs'
import { isFileGone, type Replica } from '#documents/documents.ts'
import { successiveEdits } from '#edits/minimal-edit.ts'
import { isProposal } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { StoredHunk, StoredHunkEvent } from '#store/store.ts'
import type { DocumentLines } from './document-lines.ts'
import { isCreation } from './created-files.ts'
import { isFileOperation, isUnfinished, withState, type DecisionRooms } from './decision.ts'
import { changedEvent, discardCreatedFile, reverseInDocument, type Turning } from './roll-back.ts'

export type RestoreRooms = DecisionRooms & { lines: DocumentLines }

export type RestoredDocument = {
  /** Its text was changed. */
  isChanged: boolean
  /** It holds, or lacks, what people wrote or deleted since. */
  isEdited: boolean
  isDeleted: boolean
}

/** A hunk after the turn that made it was taken back; undefined where it stays as it is. */
export function takenBack(stored: StoredHunk, participantId: string): Turning | undefined {
  const state =
    stored.state === 'settled' || isProposal(stored) ? 'rejected' : stored.state === 'accepted' ? 'reverted' : undefined
  return state && { stored, becomes: withState(stored, state, participantId) }
}

/**
 * Brings one document back to what it was, in one transaction: the hunks of `since` are taken back from their records, which leaves what
 * people wrote. Where nobody has typed since, whatever else differs is put right with a minimal edit. A file that those hunks created is
 * deleted unless people wrote in it, and so is one that is new (`isNew`) by a hunk that was rejected while others of it were accepted.
 * Undefined where the file is gone.
 */
export async function restoreDocument(
  rooms: RestoreRooms,
  { sessionId, participantId }: { sessionId: string; participantId: string },
  { fileId }: FileNode,
  { before, since, isNew }: { before: { text: string; seq: number } | undefined; since: ReadonlySet<string>; isNew: boolean },
): Promise<RestoredDocument | undefined> {
  const { store, documents, sessions, lines } = rooms
  return lines.run(fileId, async () => {
    let replica: Replica | undefined
    try {
      replica = await documents.replica(fileId, { kind: 'participant', participantId })
      let isTouched = false
      // What comes while the hunks are read is somebody's edit too.
      const stopListening = replica.onForeignChange(() => (isTouched = true))
      const [ofFile, version] = await Promise.all([store.hunksOfFile(sessionId, fileId), store.fileVersion(fileId)])
      const isTyped = () =>
        isTouched || version === undefined || version.typedSeq > (before?.seq ?? 0) || ofFile.some(isUnfinished)
      // An accepted rename or deletion is undone in the tree.
      const own = ofFile.filter((hunk) => since.has(hunk.hunkId) && !(isFileOperation(hunk) && hunk.state === 'accepted'))
      const hunks = own.flatMap((hunk) => takenBack(hunk, participantId) ?? [])
      const isCreated = isNew || hunks.some(({ stored }) => isCreation(stored) && isInText(stored))
      let isChanged = false
      let events: StoredHunkEvent[] = []
      await replica.commit(
        (text) => {
          stopListening()
          const old = text.toString()
          events = takeBackHunks(replica as Replica, hunks, ofFile)
          if (before !== undefined && !isCreated && !isTyped()) edit(text, before.text)
          isChanged = text.toString() !== old
        },
        () => events,
      )
      const discarded = isCreated ? await discardCreatedFile({ sessions, sessionId }, replica, ofFile) : undefined
      return {
        isChanged,
        isEdited: isCreated ? discarded === 'kept' : before !== undefined && replica.text.toString() !== before.text,
        isDeleted: discarded === 'deleted',
      }
    } catch (error) {
      if (isFileGone(error)) return undefined
      throw error
    } finally {
      replica?.close()
    }
  })
}

function takeBackHunks(replica: Replica, hunks: readonly Turning[], ofFile: readonly StoredHunk[]): StoredHunkEvent[] {
  const inText = hunks.filter(({ stored }) => isInText(stored))
  const closed = hunks.filter((hunk) => !inText.includes(hunk))
  return [...reverseInDocument(replica, inText, ofFile), ...closed.map(({ becomes }) => changedEvent(becomes))]
}

function edit(text: Y.Text, wanted: string): void {
  for (const { start, end, text: content } of successiveEdits(text.toString(), wanted)) {
    text.delete(start, end - start)
    text.insert(start, content)
  }
}

function isInText(hunk: StoredHunk): boolean {
  return !isFileOperation(hunk) && (hunk.state === 'settled' || hunk.state === 'accepted')
}
