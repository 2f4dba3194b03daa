import * as Y from 'yjs'
import { documentText } from './document-text.ts'
import { hasParked, type DocumentState } from './document-state.ts'

const tailRows = 500
const tailBytes = 256 * 1024

export function isCompactionDue(state: DocumentState): boolean {
  return state.seq - state.snapshotSeq >= tailRows || state.tailBytes >= tailBytes
}

/** What takes the place of the log rows up to `seq`. */
export type Compaction = {
  state: DocumentState
  seq: number
  snapshot: Uint8Array
  text: string
  stateVector: Uint8Array
  /** Of the rows that the snapshot covers. */
  tailBytes: number
}

/** Undefined where the log has no rows after the last snapshot. */
export function compactionOf(state: DocumentState): Compaction | undefined {
  if (state.seq === state.snapshotSeq) return undefined
  return {
    state,
    seq: state.seq,
    snapshot: state.encode(),
    text: state.text.toString(),
    stateVector: Y.encodeStateVector(state.doc),
    tailBytes: state.tailBytes,
  }
}

/** Whether a document loaded from the snapshot is the one that it was taken from: rows are deleted only then. */
export function isFaithful({ snapshot, text, stateVector }: Compaction): boolean {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, snapshot)
  const faithful =
    !hasParked(doc) && documentText(doc).toString() === text && Buffer.compare(Y.encodeStateVector(doc), stateVector) === 0
  doc.destroy()
  return faithful
}
