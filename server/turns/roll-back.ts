import type { Replica } from '#documents/documents.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { SessionFailure } from '#sessions/sessions.ts'
import type { StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { holdsForeignText, reverseHunks } from './reversal.ts'

/** The part of a stored hunk that clients see. */
export function publicHunk({ sessionId: _sessionId, reversal: _reversal, undoing: _undoing, ...hunk }: StoredHunk): Hunk {
  return hunk
}

/**
 * Takes hunks back in their document. Runs inside a transaction of the replica; `others` are the document's hunks. Returns the events of
 * hunks that got text back.
 */
export function takeBack(
  replica: Replica,
  hunks: readonly Pick<StoredHunk, 'hunkId' | 'state' | 'reversal'>[],
  others: readonly StoredHunk[],
): StoredHunkEvent[] {
  const changed = replica.doc.transact((transaction) => reverseHunks(transaction, replica.text, hunks, others))
  return others.flatMap((hunk) => {
    const reversal = changed.get(hunk.hunkId)
    return reversal === undefined ? [] : [{ event: { type: 'changed', hunk: publicHunk(hunk) }, reversal }]
  })
}

/** Deletes a file whose creation was taken back; where a person has written in it, it stays and is no longer proposed. */
export async function discardCreatedFile(
  { sessions, sessionId }: { sessions: Sessions; sessionId: string },
  replica: Replica,
  hunks: readonly StoredHunk[],
): Promise<'deleted' | 'kept'> {
  const kept = holdsForeignText(replica.text, hunks)
  try {
    if (kept) await sessions.confirmFile(sessionId, replica.fileId)
    else await sessions.deleteFile(sessionId, replica.fileId)
  } catch (error) {
    if (!(error instanceof SessionFailure) || error.code !== 'not_found') throw error
  }
  return kept ? 'kept' : 'deleted'
}
