import * as encoding from 'lib0/encoding'
import type * as Y from 'yjs'

/** Writes the first text of every document and nothing else ever; never issued. */
const seedClientId = 1
const rootName = 'text'
/** Yjs's number for content that is a string; no neighbours are named. */
const stringContent = 4

/** The one root that a document has. */
export function documentText(doc: Y.Doc): Y.Text {
  return doc.getText(rootName)
}

/**
 * The update that turns an empty document into one that reads the UTF-8 `text`. The same text gives the same bytes, so nothing is stored
 * for a document that nobody has changed: it is seeded again from its blob at each load. Written byte by byte, as Yjs writes a single
 * insertion, because decoding 5 MB and encoding them again would hold up everybody else.
 */
export function seedUpdate(text: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  const hasText = text.byteLength > 0
  encoding.writeVarUint(encoder, hasText ? 1 : 0) // clients
  if (hasText) {
    encoding.writeVarUint(encoder, 1) // structs
    encoding.writeVarUint(encoder, seedClientId)
    encoding.writeVarUint(encoder, 0) // clock
    encoding.writeUint8(encoder, stringContent)
    encoding.writeVarUint(encoder, 1) // the parent is a root, whose name follows
    encoding.writeVarString(encoder, rootName)
    encoding.writeVarUint8Array(encoder, text)
  }
  encoding.writeVarUint(encoder, 0) // clients with deletions
  return encoding.toUint8Array(encoder)
}

/** Whether the server may issue this client id for a document that holds `doc`. */
export function isFreshClientId(doc: Y.Doc, clientId: number): boolean {
  return clientId > seedClientId && clientId < 2 ** 32 && !doc.store.clients.has(clientId)
}
