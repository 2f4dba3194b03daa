import * as Y from 'yjs'
import type { Edit } from './peer.ts'

const byHand = Symbol('edit')

/** Makes a replica's own edits and remembers what each left in the document. */
export class OwnEdits {
  readonly edits: Edit[] = []
  readonly #text: Y.Text

  constructor(text: Y.Text) {
    this.#text = text
  }

  make(change: (text: Y.Text) => void): Edit | undefined {
    const { doc } = this.#text
    if (doc === null) throw new Error('the text belongs to no document')
    let made: Edit | undefined
    const remember = ({ beforeState, afterState, deleteSet, origin }: Y.Transaction) => {
      if (origin !== byHand) return
      const client = doc.clientID
      const clockEnd = afterState.get(client) ?? 0
      const deleted = [...deleteSet.clients].flatMap(([owner, runs]) =>
        runs.flatMap(({ clock, len }) => Array.from({ length: len }, (_, index) => Y.createID(owner, clock + index))),
      )
      const inserts = clockEnd > (beforeState.get(client) ?? 0)
      if (inserts || deleted.length > 0) made = { client, clockEnd, inserts, deleted }
    }
    doc.on('afterTransaction', remember)
    doc.transact(() => change(this.#text), byHand)
    doc.off('afterTransaction', remember)
    if (made !== undefined) this.edits.push(made)
    return made
  }
}

/** Which of the edits have no full effect in this document. */
export function missingEdits(doc: Y.Doc, edits: readonly Edit[]): Edit[] {
  const { ds } = Y.snapshot(doc)
  return edits.filter(
    ({ client, clockEnd, deleted }) =>
      Y.getState(doc.store, client) < clockEnd ||
      deleted.some((id) => Y.getState(doc.store, id.client) <= id.clock || !Y.isDeleted(ds, id)),
  )
}
