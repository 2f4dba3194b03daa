import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { openStore } from '#store/open-store.ts'
import type { Store } from '#store/store.ts'
import { createDocuments } from './create-documents.ts'
import { documentText } from './document-text.ts'
import type { CommittedRow, Documents } from './documents.ts'

/** What the tests of documents share; everything opened here is closed when its test has finished. */
const log = pino({ level: 'silent' })

/** Client ids 101, 102, … */
function countedClientIds(): () => number {
  let last = 100
  return () => ++last
}

/** A store with one session that holds the text file `f1` and the binary file `b1`. */
export async function storeWithFile(text: string): Promise<Store> {
  const store = await openStore({ file: ':memory:', log })
  onTestFinished(() => store.close())
  const node = { lineEnding: 'lf' as const, bytes: 0 }
  await store.createSession({
    session: { sessionId: 's1', name: 'S', createdAt: 1, backendId: 'b', model: 'm' },
    owner: { participantId: 'ada', visitId: 'v1', name: 'Ada', role: 'owner', colour: 0 },
    files: [
      { file: { fileId: 'f1', path: 'a.ts', kind: 'text', ...node }, bytes: new TextEncoder().encode(text) },
      { file: { fileId: 'b1', path: 'a.png', kind: 'binary', ...node }, bytes: new Uint8Array([0]) },
    ],
  })
  return store
}

export function documentsOn(store: Store, newClientId = countedClientIds()): Documents {
  const documents = createDocuments({ store, log, newClientId })
  onTestFinished(() => documents.close())
  return documents
}

export function committedRows(documents: Documents): CommittedRow[] {
  const rows: CommittedRow[] = []
  documents.onCommitted((row) => rows.push(row))
  return rows
}

/** A browser tab's side of `f1`: a Y.Doc under the client id that the server issued, and the updates it has not sent. */
export type Tab = { participantId: string; doc: Y.Doc; text: Y.Text; unsent: Uint8Array[] }

export async function openTab(documents: Documents, participantId: string): Promise<Tab> {
  const { clientId, update } = await documents.open('f1', { participantId })
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, update, 'server')
  const tab: Tab = { participantId, doc, text: documentText(doc), unsent: [] }
  doc.on('update', (bytes: Uint8Array, origin: unknown) => {
    if (origin !== 'server') tab.unsent.push(bytes)
  })
  return tab
}

/** Runs an edit in a tab and returns its one update, taken out of what is unsent. */
export function edited(tab: Tab, edit: (text: Y.Text) => void): Uint8Array {
  tab.doc.transact(() => edit(tab.text))
  const update = tab.unsent.pop()
  if (!update) throw new Error('the edit changed nothing')
  return update
}

/** The text of a document that is opened now. */
export async function openedText(documents: Documents, participantId = 'reader'): Promise<string> {
  const tab = await openTab(documents, participantId)
  documents.release('f1')
  return tab.text.toString()
}
