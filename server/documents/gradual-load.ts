import * as Y from 'yjs'
import type { StoredDocument } from '#store/store.ts'
import { documentText } from './document-text.ts'
import { checkHeld, checkRows, hasParked, storedUpdates } from './stored-document.ts'
import { takingTurns } from './taking-turns.ts'
import { hashOfPieces, textPieces } from './text-pieces.ts'

/**
 * As `loaded`, but the work of others goes on in between. `slice` makes of each update several that are applied one after the other.
 * For `mostMs` the work of others waits at a time. Rejects where the snapshot is not what it was, or the log does not join up.
 */
export async function loadedInSlices(
  stored: StoredDocument,
  slice: (updates: Uint8Array[]) => Promise<Uint8Array[][]>,
  { mostMs = 8 } = {},
): Promise<Y.Doc> {
  checkRows(stored)
  const [start = [], ...tail] = await slice(storedUpdates(stored))
  const doc = new Y.Doc()
  const text = documentText(doc)
  await applyInTurns(doc, start, mostMs)
  const holds = stored.snapshot?.holds
  if (holds) checkHeld({ stateVector: Y.encodeStateVector(doc), textHash: await hashOfPieces(textPieces(text)) }, holds)
  await applyInTurns(doc, tail.flat(), mostMs)
  if (hasParked(doc)) throw new Error('the log of a document has a gap')
  return doc
}

async function applyInTurns(doc: Y.Doc, updates: readonly Uint8Array[], mostMs: number): Promise<void> {
  const others = takingTurns(mostMs)
  for (const update of updates) {
    Y.applyUpdate(doc, update)
    await others()
  }
}
