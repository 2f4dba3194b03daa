import * as Y from 'yjs'
import { DocumentFailure, type Documents } from '#documents/documents.ts'

/** Replaces `start` to `end` (UTF-16 units) by `text`. In a list: disjoint and ascending, all of one text. */
export type TextEdit = { start: number; end: number; text: string }

/** A place that was edited: positions around what stands there now. */
export type EditedPlace = { start: Uint8Array; end: Uint8Array; before: string; after: string }

/**
 * Edits a document as a participant does: in a copy of what is committed, under a client id of its own, sent through the same
 * checked pushes. What others write meanwhile is merged. Rejects with `DocumentFailure`.
 */
export async function editTextAs(
  { documents, newPushId }: { documents: Documents; newPushId: () => string },
  { fileId, participantId }: { fileId: string; participantId: string },
  edits: (text: Y.Text) => Promise<TextEdit[]>,
): Promise<EditedPlace[]> {
  for (let attempt = 1; ; attempt += 1) {
    const { clientId, update } = await documents.open(fileId, { participantId })
    const doc = new Y.Doc()
    try {
      doc.clientID = clientId
      Y.applyUpdate(doc, update)
      const text = doc.getText('text')
      const before = Y.encodeStateVector(doc)
      const places = write(text, await edits(text))
      if (places.length === 0) return []
      await documents.push(fileId, { participantId, pushId: newPushId(), update: Y.encodeStateAsUpdate(doc, before) })
      return places
    } catch (error) {
      // Once, because what was read may have been given up in between.
      if (attempt > 1 || !(error instanceof DocumentFailure) || error.code !== 'resync') throw error
    } finally {
      doc.destroy()
      documents.release(fileId)
    }
  }
}

function write(text: Y.Text, edits: TextEdit[]): EditedPlace[] {
  if (edits.length === 0) return []
  const whole = text.toString()
  text.doc?.transact(() => {
    for (const { start, end, text: after } of edits.toReversed()) {
      text.delete(start, end - start)
      text.insert(start, after)
    }
  })
  let moved = 0
  return edits.map(({ start, end, text: after }) => {
    const from = start + moved
    moved += after.length - (end - start)
    const position = (index: number, association: number) =>
      Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, association))
    return { start: position(from, 0), end: position(from + after.length, -1), before: whole.slice(start, end), after }
  })
}

/** Where a place of a document that reads `whole` is now, or undefined where somebody has written in it. */
export function placeNow(
  text: Y.Text,
  whole: string,
  { start, end, after }: EditedPlace,
): { start: number; end: number } | undefined {
  const index = (position: Uint8Array) => {
    const absolute =
      text.doc && Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), text.doc, false)
    return absolute?.index
  }
  const from = index(start)
  if (from === undefined) return undefined
  const to = after === '' ? from : index(end)
  if (to === undefined || whole.slice(from, to) !== after) return undefined
  return { start: from, end: to }
}
