import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { QuietWebSocket } from './quiet-web-socket.ts'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { until } from '../until.ts'
import { ChildServer } from './child-server.ts'
import { OwnEdits } from './own-edits.ts'
import type { Edit, Peer, Replica } from './peer.ts'

type Open = { document: number; doc: Y.Doc; edits: Edit[]; seen: number; listeners: (() => void)[] }

/**
 * The server that `y-websocket` brings, with its LevelDB persistence, and its own provider. It acknowledges nothing; an edit counts as
 * acknowledged once a second client has it.
 */
export async function createYWebsocketPeer(): Promise<Peer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'flint-y-websocket-'))
  const packageFile = createRequire(import.meta.url).resolve('y-websocket/package.json')
  const server = new ChildServer({ args: [path.join(path.dirname(packageFile), 'bin/server.cjs')], ready: /^running at/ })
  const replicas = new Set<Open>()

  /** What the others have of an insertion, they have of everything that was made before it. */
  const look = (at: Open) => {
    for (const other of replicas) {
      if (other === at || other.document !== at.document) continue
      const state = Y.getState(at.doc.store, other.doc.clientID)
      const before = other.seen
      for (let index = other.seen; index < other.edits.length; index += 1) {
        const edit = other.edits[index]
        if (edit === undefined || edit.clockEnd > state) break
        if (edit.inserts) other.seen = index + 1
      }
      if (other.seen > before) for (const listener of other.listeners) listener()
    }
  }

  async function join(document: number): Promise<Replica> {
    const doc = new Y.Doc()
    const text = doc.getText('text')
    const own = new OwnEdits(text)
    const open: Open = { document, doc, edits: own.edits, seen: 0, listeners: [] }
    const provider = new WebsocketProvider(`ws://127.0.0.1:${server.port}`, `document-${document}`, doc, {
      WebSocketPolyfill: QuietWebSocket as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      maxBackoffTime: 200,
    })
    replicas.add(open)
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === provider) look(open)
    })
    const replica: Replica = {
      doc,
      text,
      edits: own.edits,
      edit: (change) => own.make(change),
      acknowledged: () => open.seen,
      onAcknowledged: (listener) => void open.listeners.push(listener),
      ready: () => until('a provider is synced', () => provider.synced),
      disconnect: () => provider.disconnect(),
      connect: () => provider.connect(),
      close: () => {
        replicas.delete(open)
        provider.destroy()
        doc.destroy()
      },
    }
    await replica.ready()
    return replica
  }

  return {
    name: 'y-websocket',
    acknowledgement: 'a second client has it',
    start: (environment = {}) => server.start({ ...environment, YPERSISTENCE: path.join(folder, 'documents') }),
    get pid() {
      return server.pid
    },
    kill: () => server.end('SIGKILL'),
    restart: () => server.run(),
    join,
    close: async () => {
      await server.end('SIGTERM')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
