import type { Replica } from '#documents/documents.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { SessionFailure } from '#sessions/sessions.ts'
import type { StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { holdsForeignText } from './foreign-text.ts'
import type { ChangedRecord, ReversibleHunk } from './open-record.ts'
import { reverseHunks } from './reverse-hunks.ts'

/** The part of a stored hunk that clients see. */
export function publicHunk({ sessionId: _sessionId, reversal: _reversal, undoing: _undoing, ...hunk }: StoredHunk): Hunk {
  return hunk
}

/** A hunk and what it becomes. */
export type Turning = { stored: StoredHunk; becomes: Hunk }

/** The event of a hunk that becomes something else, with what its record keeps from then on. */
export function changedEvent(hunk: Hunk, { reversal, undoing, ...positions }: ChangedRecord = {}): StoredHunkEvent {
  return {
    event: { type: 'changed', hunk: { ...hunk, ...positions } },
    ...(reversal !== undefined && { reversal }),
    ...(undoing !== undefined && { undoing }),
  }
}

/**
 * Takes hunks back in their document, or brings them in again if they were taken back. Runs inside a transaction of the replica;
 * `others` are the document's hunks. Returns the events of the hunks, and those of others that changed with them.
 */
export function reverseInDocument(
  replica: Replica,
  hunks: readonly Turning[],
  others: readonly StoredHunk[],
): StoredHunkEvent[] {
  const stored = hunks.map((hunk) => hunk.stored)
  const changed = reverse(replica, stored, others)
  return [
    ...hunks.map(({ becomes }) => changedEvent(becomes, changed.get(becomes.hunkId))),
    ...besides(stored, others, changed),
  ]
}

/** Takes hunks back whose own records somebody else keeps. Returns the events of the others that changed with them. */
export function takeBack(replica: Replica, hunks: readonly ReversibleHunk[], others: readonly StoredHunk[]): StoredHunkEvent[] {
  return besides(hunks, others, reverse(replica, hunks, others))
}

/** Deletes a file whose creation was taken back; where a person has written in it, it stays and is no longer proposed. */
export async function discardCreatedFile(
  { sessions, sessionId }: { sessions: Sessions; sessionId: string },
  replica: Replica,
  hunks: readonly Pick<StoredHunk, 'state' | 'reversal'>[],
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

function reverse(replica: Replica, hunks: readonly ReversibleHunk[], others: readonly StoredHunk[]) {
  return replica.doc.transact((transaction) => reverseHunks(transaction, replica.text, hunks, others))
}

function besides(
  hunks: readonly ReversibleHunk[],
  others: readonly StoredHunk[],
  changed: ReadonlyMap<string, ChangedRecord>,
): StoredHunkEvent[] {
  const reversed = new Set(hunks.map(({ hunkId }) => hunkId))
  return others.flatMap((hunk) => {
    const record = changed.get(hunk.hunkId)
    return record === undefined || reversed.has(hunk.hunkId) ? [] : [changedEvent(publicHunk(hunk), record)]
  })
}
