import * as Y from 'yjs'

/** Writes the first text of every document and nothing else ever; never issued. */
const seedClientId = 1

/** The one root that a document has. */
export function documentText(doc: Y.Doc): Y.Text {
  return doc.getText('text')
}

/**
 * The update that turns an empty document into one that reads `text`. The same text gives the same bytes, so nothing is
 * stored for a document that nobody has changed: it is seeded again from its blob at each load.
 */
export function seedUpdate(text: string): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = seedClientId
  documentText(doc).insert(0, text)
  const update = Y.encodeStateAsUpdate(doc)
  doc.destroy()
  return update
}

/** Whether the server may issue this client id for a document that holds `doc`. */
export function isFreshClientId(doc: Y.Doc, clientId: number): boolean {
  return clientId > seedClientId && clientId < 2 ** 32 && !doc.store.clients.has(clientId)
}
