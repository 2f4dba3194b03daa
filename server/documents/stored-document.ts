import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import type { Snapshot, StoredDocument } from '#store/store.ts'
import { documentText, seedUpdate } from './document-text.ts'

type Holds = NonNullable<Snapshot['holds']>

/** The Y.Doc of what is stored. Throws where the snapshot is not what it was, or the log does not join up. */
export function loaded(stored: StoredDocument): Y.Doc {
  checkRows(stored)
  const [start = new Uint8Array(), ...tail] = storedUpdates(stored)
  const doc = new Y.Doc()
  documentText(doc)
  doc.transact(() => {
    Y.applyUpdate(doc, start)
    if (stored.snapshot?.holds !== undefined) checkHolds(doc, stored.snapshot.holds)
    for (const update of tail) Y.applyUpdate(doc, update)
  })
  if (hasParked(doc)) throw new Error('the log of a document has a gap')
  return doc
}

/** Throws where rows of the log are missing. */
export function checkRows({ tail, seq, snapshotSeq }: StoredDocument): void {
  if (tail.length !== seq - snapshotSeq) throw new Error('rows of a document are missing')
}

/** What makes the document, applied in this order: a whole one, then what was written since. */
export function storedUpdates({ snapshot, blob, tail }: StoredDocument): Uint8Array[] {
  return [snapshot?.bytes ?? seedUpdate(blob ?? new Uint8Array()), ...tail.flatMap(({ update }) => update ?? [])]
}

/** A snapshot of the document as it is. */
export function snapshotOf(doc: Y.Doc): Required<Snapshot> {
  return {
    bytes: Y.encodeStateAsUpdate(doc),
    holds: { stateVector: Y.encodeStateVector(doc), textHash: textHash(documentText(doc).toString()) },
  }
}

/** The snapshot of what a document started from, before its first row. */
export function seedSnapshot(blob: Uint8Array | undefined): Snapshot {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(blob ?? new Uint8Array()))
  const snapshot = snapshotOf(doc)
  doc.destroy()
  return snapshot
}

/** Throws unless a document loaded from the snapshot is what the snapshot says. */
export function checkSnapshot({ bytes, holds }: Snapshot): void {
  const doc = new Y.Doc()
  try {
    Y.applyUpdate(doc, bytes)
    if (hasParked(doc)) throw new Error('the snapshot has a gap')
    if (holds) checkHolds(doc, holds)
  } finally {
    doc.destroy()
  }
}

function checkHolds(doc: Y.Doc, expected: Holds): void {
  checkHeld({ stateVector: Y.encodeStateVector(doc), textHash: textHash(documentText(doc).toString()) }, expected)
}

/** Throws unless what was loaded holds what it should. */
export function checkHeld(held: Holds, expected: Holds): void {
  const isSame = held.textHash === expected.textHash && Buffer.compare(held.stateVector, expected.stateVector) === 0
  if (!isSame) throw new Error('the snapshot is not the document')
}

function textHash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Bytes of the log since the snapshot. */
export function tailBytes({ tail }: StoredDocument): number {
  return tail.reduce((sum, { update }) => sum + (update?.byteLength ?? 0), 0)
}

/** Bytes of all that makes the document. */
export function storedBytes(stored: StoredDocument): number {
  return (stored.snapshot?.bytes ?? stored.blob ?? new Uint8Array()).byteLength + tailBytes(stored)
}

/** Whether Yjs has set something aside because what comes before it is missing. */
export function hasParked(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}
