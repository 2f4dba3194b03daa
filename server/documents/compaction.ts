import type { NewSnapshot, StoredDocument } from '#store/store.ts'
import { documentText } from './document-text.ts'
import { loaded, seedSnapshot, snapshotOf } from './stored-document.ts'

/**
 * Loads snapshot and log through a Y.Doc (merging the updates would take minutes for a long log) and encodes it anew. What is stored of
 * it is verified before anything older goes (`compactDocument`).
 */
export function compaction(stored: StoredDocument): NewSnapshot {
  const doc = loaded(stored)
  const snapshot = snapshotOf(doc)
  const text = documentText(doc).toString()
  doc.destroy()
  return {
    ...snapshot,
    seq: stored.seq,
    text,
    ...(stored.snapshot === undefined ? { seed: seedSnapshot(stored.blob) } : {}),
  }
}
