import * as Y from 'yjs'
import type { Store } from '#store/store.ts'
import { documentText, seedUpdate } from './document-text.ts'

/** A document as the store has it: where it starts from, and its log since then. */
export type StoredDocument = NonNullable<Awaited<ReturnType<Store['document']>>>

/** The Y.Doc of what is stored. Throws where the log does not join up. */
export function loaded({ snapshot, blob, tail }: StoredDocument): Y.Doc {
  const doc = new Y.Doc()
  documentText(doc)
  doc.transact(() => {
    Y.applyUpdate(doc, snapshot ?? seedUpdate(new TextDecoder('utf-8', { ignoreBOM: true }).decode(blob)))
    for (const { update } of tail) if (update) Y.applyUpdate(doc, update)
  })
  if (hasParked(doc)) throw new Error('the log of a document has a gap')
  return doc
}

/** Bytes of the log since the snapshot. */
export function tailBytes({ tail }: StoredDocument): number {
  return tail.reduce((sum, { update }) => sum + (update?.byteLength ?? 0), 0)
}

/** Whether Yjs has set something aside because what comes before it is missing. */
export function hasParked(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}
