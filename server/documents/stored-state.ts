import { documentFailure } from './document-failure.ts'
import { DocumentFailure, type StoredState } from './documents.ts'
import type { LiveDocument } from './live-document.ts'
import { checkRows, storedUpdates } from './stored-document.ts'

/**
 * The document as it is stored: encoding one of 5 MB would hold up everybody else. Begins with a snapshot that was loaded or verified here.
 * The same object for all who ask until the document changes. Rejects with `DocumentFailure`.
 */
export async function storedState(live: LiveDocument): Promise<StoredState> {
  // The seq of that moment: while its commit is waited for, others get theirs.
  const { state, seq } = await live.committed((current) => ({ state: current, seq: current.seq }))
  const known = state.served
  if (known !== undefined && known.seq >= seq) return known.stored
  const stored = read(live, state.snapshotSeq)
  state.served = { seq, stored }
  stored.catch(() => {
    if (state.served?.stored === stored) delete state.served
  })
  return stored
}

async function read(live: LiveDocument, snapshotSeq: number): Promise<StoredState> {
  const { fileId, store, log } = live
  try {
    const stored = await store.document(fileId, snapshotSeq + 1)
    if (stored === undefined) {
      // Deleted a moment ago, or a compaction has put another snapshot in its place: who asks again is told what is there now.
      live.invalidate()
      throw new DocumentFailure('unavailable')
    }
    checkRows(stored)
    return { seq: stored.seq, epoch: stored.epoch, updates: storedUpdates(stored) }
  } catch (error) {
    throw documentFailure(error, { fileId, log })
  }
}
