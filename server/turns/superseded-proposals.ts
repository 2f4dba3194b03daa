import { DocumentFailure, type Documents } from '#documents/documents.ts'
import { isProposal, type HunkEvent } from '#protocol/hunks.ts'
import type { Store, StoredHunkEvent } from '#store/store.ts'
import type { DocumentLines } from './document-lines.ts'
import type { FailedBlock } from './failed-block.ts'
import { publicHunk } from './roll-back.ts'

/** Closes the proposals of blocks that the model has written again; those that somebody has dismissed or applied meanwhile are left. */
export async function supersedeProposals(
  rooms: { store: Store; documents: Documents; lines: DocumentLines; onHunks: (hunkEvents: HunkEvent[]) => void },
  turn: { turnId: string; sessionId: string },
  failed: readonly FailedBlock[],
): Promise<void> {
  const { store, documents, lines, onHunks } = rooms
  const fileIds = new Set(failed.map(({ hunk }) => hunk.fileId))
  for (const fileId of fileIds) {
    const hunkIds = failed.filter(({ hunk }) => hunk.fileId === fileId).map(({ hunk }) => hunk.hunkId)
    await lines.run(fileId ?? turn.sessionId, async () => {
      const open = (await store.hunksById(hunkIds)).filter(isProposal)
      const events = open.map((hunk): StoredHunkEvent => ({
        event: { type: 'changed', hunk: { ...publicHunk(hunk), state: 'aborted', reason: 'retried' } },
      }))
      if (events.length === 0) return
      if (fileId !== null && (await commitInDocument(documents, fileId, turn.turnId, events))) return
      await store.saveHunks(turn.sessionId, events)
      onHunks(events.map(({ event }) => event))
    })
  }
}

/** False where the file is gone. */
async function commitInDocument(
  documents: Documents,
  fileId: string,
  turnId: string,
  events: StoredHunkEvent[],
): Promise<boolean> {
  try {
    const replica = await documents.replica(fileId, { kind: 'assistant', turnId })
    try {
      await replica.commit(undefined, () => events)
    } finally {
      replica.close()
    }
    return true
  } catch (error) {
    if (error instanceof DocumentFailure && error.code === 'not_found') return false
    throw error
  }
}
