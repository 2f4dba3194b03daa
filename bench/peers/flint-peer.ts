import { systemClock } from '#session/clock.ts'
import type { ClientDocument } from '#session/client-document.ts'
import { newId } from '#session/new-id.ts'
import { SessionClient } from '#session/session-client.ts'
import { FlintServer } from '../../e2e/flint-server.ts'
import { createSession } from '../create-session.ts'
import { until } from '../until.ts'
import { writeBytesAsBrowsersDo } from '../browser-bytes.ts'
import { OwnEdits } from './own-edits.ts'
import type { Peer, Replica } from './peer.ts'

const frames = {
  request(work: () => void) {
    const immediate = setImmediate(work)
    return () => clearImmediate(immediate)
  },
}

/** Flint's server, and the code of its browser tabs in Node. One session; each document is a file of it. */
export async function createFlintPeer({ documents }: { documents: number }): Promise<Peer> {
  writeBytesAsBrowsersDo()
  let server: FlintServer | undefined
  let joining: { sessionId: string; headers: Record<string, string> } | undefined
  const running = () => {
    if (server === undefined) throw new Error('Flint was not started')
    return server
  }
  const path = (document: number) => `document-${document}.txt`

  const connected = async (): Promise<SessionClient> => {
    if (joining === undefined) throw new Error('no session was made')
    const client = new SessionClient({ ...joining, url: running().url, clock: systemClock, frames, newId })
    client.open()
    await until('a client has joined', () => client.store.read().connection.status === 'online')
    return client
  }

  async function open(client: SessionClient, document: number): Promise<ClientDocument> {
    const file = client.store.read().files.find((candidate) => candidate.path === path(document))
    if (file === undefined) throw new Error(`the session has no ${path(document)}`)
    const opened = client.documents.open(file.fileId)
    await until('a document is open', () => opened.status.state === 'open')
    return opened
  }

  async function makeSession(): Promise<void> {
    const { url } = running()
    const { sessionId, cookie } = await createSession(url)
    joining = { sessionId, headers: { origin: url, cookie } }
    const client = await connected()
    for (let document = 0; document < documents; document += 1) {
      await client.actions.createFile(path(document))
    }
    client.close()
  }

  return {
    name: 'flint',
    acknowledgement: 'the push is answered, as the status bar says Saved',
    start: async (environment = {}) => {
      server = await FlintServer.start(environment)
      await makeSession()
    },
    get pid() {
      return running().pid
    },
    kill: () => running().stop('SIGKILL'),
    restart: () => running().restart(),
    join: async (document) => replicaOf(await connected(), (client) => open(client, document)),
    close: async () => server?.close(),
  }
}

async function replicaOf(client: SessionClient, open: (client: SessionClient) => Promise<ClientDocument>): Promise<Replica> {
  const document = await open(client)
  const own = new OwnEdits(document.text)
  return {
    doc: document.doc,
    text: document.text,
    edits: own.edits,
    edit: (change) => own.make(change),
    acknowledged: () => own.edits.length - document.pending,
    onAcknowledged: (listener) => void client.store.subscribe(listener),
    ready: () => until('a client is back', () => client.store.read().connection.status === 'online'),
    disconnect: () => client.close(),
    connect: () => client.open(),
    close: () => client.close(),
  }
}
