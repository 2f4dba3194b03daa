import * as Y from 'yjs'
import { documentText } from './document-text.ts'
import { hasParked, loaded, type StoredDocument } from './stored-document.ts'

/** What takes the place of a document's log. */
export type Compaction = { snapshot: Uint8Array; text: string }

/**
 * Loads snapshot and log through a Y.Doc (merging the updates would take minutes for a long log) and encodes it anew. The
 * rows are deleted afterwards, so this throws unless a document loaded from the result is the same.
 */
export function compaction(stored: StoredDocument): Compaction {
  const doc = loaded(stored)
  const snapshot = Y.encodeStateAsUpdate(doc)
  const text = documentText(doc).toString()
  const again = new Y.Doc()
  Y.applyUpdate(again, snapshot)
  const isFaithful =
    !hasParked(again) &&
    documentText(again).toString() === text &&
    Buffer.compare(Y.encodeStateVector(again), Y.encodeStateVector(doc)) === 0
  doc.destroy()
  again.destroy()
  if (!isFaithful) throw new Error('the snapshot is not the document')
  return { snapshot, text }
}
