import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { QuietWebSocket } from './quiet-web-socket.ts'
import * as Y from 'yjs'
import { until } from '../until.ts'
import { ChildServer } from './child-server.ts'
import { OwnEdits } from './own-edits.ts'
import type { Peer, Replica } from './peer.ts'

/** `@hocuspocus/server` with its SQLite extension, and its own provider as the client. */
export async function createHocuspocusPeer(): Promise<Peer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flint-hocuspocus-'))
  const entry = fileURLToPath(new URL('./hocuspocus-server.ts', import.meta.url))
  const server = new ChildServer({ args: ['--import', 'tsx', entry], ready: /^hocuspocus: ready/ })

  return {
    name: 'hocuspocus',
    acknowledgement: 'the provider reports no unsynced changes',
    start: (environment = {}) => server.start({ ...environment, DATABASE: path.join(folder, 'documents.sqlite') }),
    get pid() {
      return server.pid
    },
    kill: () => server.end('SIGKILL'),
    restart: () => server.run(),
    join: (document) => join(`ws://127.0.0.1:${server.port}`, `document-${document}`),
    close: async () => {
      await server.end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function join(url: string, name: string): Promise<Replica> {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  const own = new OwnEdits(text)
  const socket = new HocuspocusProviderWebsocket({
    url,
    WebSocketPolyfill: QuietWebSocket,
    delay: 50,
    minDelay: 50,
    maxDelay: 200,
  })
  const provider = new HocuspocusProvider({ websocketProvider: socket, name, document: doc })
  provider.attach()
  let acknowledged = 0
  const listeners: (() => void)[] = []
  provider.on('unsyncedChanges', ({ number }: { number: number }) => {
    if (number > 0 || !provider.synced) return
    acknowledged = own.edits.length
    for (const listener of listeners) listener()
  })
  const replica: Replica = {
    doc,
    text,
    edits: own.edits,
    edit: (change) => own.make(change),
    acknowledged: () => acknowledged,
    onAcknowledged: (listener) => void listeners.push(listener),
    ready: () => until('a provider is synced', () => provider.isSynced && !provider.hasUnsyncedChanges),
    disconnect: () => socket.disconnect(),
    connect: () => void socket.connect(),
    close: () => {
      provider.destroy()
      socket.destroy()
      doc.destroy()
    },
  }
  await replica.ready()
  return replica
}
