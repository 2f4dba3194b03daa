/* oxlint-disable no-restricted-imports -- the far end of the socket under test runs in Node */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import parser from 'socket.io-msgpack-parser'
import * as Y from 'yjs'
import type { Payload } from '#protocol/commands.ts'
import type { DocumentRange, DocumentRows } from '#protocol/documents.ts'
import type { Result } from '#protocol/failures.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { ServerEvent, ServerEvents } from '#protocol/events.ts'
import type { SessionSnapshot } from '#protocol/sessions.ts'
import { fromWire } from '../wire-bytes.ts'

type Push = { fileId: string; pushId: string; epoch: number; update: Uint8Array }

const emptySnapshot: SessionSnapshot = {
  session: { sessionId: 's1', name: 'snake', createdAt: 0, backendId: 'replay', model: 'recorded' },
  you: { participantId: 'mara', name: 'Mara', role: 'owner', colour: 0 },
  participants: [],
  files: ['f1', 'f2', 'f9'].map((fileId) => ({
    fileId,
    path: `${fileId}.ts`,
    kind: 'text',
    lineEnding: 'lf',
    bytes: 0,
  })),
  folders: [],
  treeVersion: 0,
  turns: [],
  messages: { messages: [], hasOlder: false },
  hunks: [],
  backends: [],
  recordedPrompts: [],
  presence: { connectionId: 'c1', present: [] },
  review: { threads: [], reviews: [], requests: [], viewed: [], reviewersMayAsk: false },
  bases: [],
}

/** A session server of the least possible size over a real Socket.IO server: one log per document, client ids counted up. */
export async function smallServer() {
  const http = createServer()
  const io = new Server(http, { parser, allowRequest: (_request, answer) => answer(null, server.admits) })
  const logs = new Map<string, { doc: Y.Doc; rows: DocumentRange[] }>()
  let nextClientId = 1_000
  let muted = false

  const log = (fileId: string) => {
    const known = logs.get(fileId)
    if (known !== undefined) return known
    const fresh = { doc: new Y.Doc(), rows: [] }
    logs.set(fileId, fresh)
    return fresh
  }
  const commit = (fileId: string, update: Uint8Array | undefined, rest: Partial<DocumentRange> = {}) => {
    const { doc, rows } = log(fileId)
    if (update !== undefined) Y.applyUpdate(doc, update)
    const afterSeq = rows.length
    const row: DocumentRange = { fileId, afterSeq, seq: afterSeq + 1, ...(update === undefined ? {} : { update }), ...rest }
    rows.push(row)
    if (!muted) io.emit('document.updated', row)
    return row
  }

  const server = {
    url: '',
    admits: true,
    /** Connections fail, as in a network that is down. */
    refuses: false,
    /** Of every document. */
    epoch: 0,
    hunks: [] as Hunk[],
    snapshot: emptySnapshot,
    /** Every command received, oldest first. */
    received: [] as { name: string; payload: unknown }[],
    /** Answers that a command gets instead of the real one, oldest first; `silent` never answers, a promise answers late. */
    scripted: [] as { name: string; answer: Result<unknown> | Promise<Result<unknown>> | 'silent' }[],
    middleware: undefined as ((socket: Socket, next: (error?: Error) => void) => void) | undefined,
    io,
    commit,
    text: (fileId: string) => log(fileId).doc.getText('text').toString(),
    rows: (fileId: string) => log(fileId).rows,
    /** Their names, without where the tab is, which it tells whenever that changed. */
    names: () => server.received.map(({ name }) => name).filter((name) => name !== 'presence.set'),
    tell: <E extends ServerEvent>(name: E, payload: ServerEvents[E]) => void io.emit(name, payload),
    /** Writes as somebody else. */
    write(fileId: string, edit: (text: Y.Text) => void, rest: Partial<DocumentRange> = {}) {
      const peer = new Y.Doc()
      Y.applyUpdate(peer, Y.encodeStateAsUpdate(log(fileId).doc))
      const before = Y.encodeStateVector(peer)
      edit(peer.getText('text'))
      return commit(fileId, Y.encodeStateAsUpdate(peer, before), rest)
    },
    /** What happens meanwhile is committed, but nobody is told. */
    mute(work: () => void) {
      muted = true
      work()
      muted = false
    },
    /** Sets a document back to a text, as a restored backup does. */
    setBack(fileId: string, text: string) {
      const doc = new Y.Doc()
      doc.getText('text').insert(0, text)
      logs.set(fileId, { doc, rows: [] })
      server.epoch += 1
    },
    /** Cuts every connection, as a network would. */
    cut: () => io.engine.close(),
    async close() {
      await io.close()
    },
  }

  const answer = (name: string, payload: unknown): Result<unknown> => {
    switch (name) {
      case 'session.join':
        return { ok: true, value: server.snapshot }
      case 'document.open': {
        const { fileId, clientId, epoch, stateVector } = payload as Payload<'document.open'>
        const { doc, rows } = log(fileId)
        const update = Y.encodeStateAsUpdate(doc, stateVector)
        if (epoch !== undefined && epoch !== server.epoch) return { ok: false, error: { code: 'epoch_changed' } }
        return {
          ok: true,
          value: { fileId, clientId: clientId ?? nextClientId++, seq: rows.length, epoch: server.epoch, update },
        }
      }
      case 'document.rows': {
        const { fileId, afterSeq } = payload as { fileId: string; afterSeq: number }
        const { rows } = log(fileId)
        const value: DocumentRows = {
          compacted: false,
          headSeq: rows.length,
          rows: rows.slice(afterSeq).map(({ seq, pushIds, update }) => ({
            seq,
            ...(pushIds?.[0] !== undefined && { pushId: pushIds[0] }),
            ...(update !== undefined && { update }),
          })),
          hunks: server.hunks,
        }
        return { ok: true, value }
      }
      case 'document.push': {
        const { fileId, pushId, epoch, update } = payload as Push
        if (epoch !== server.epoch) return { ok: false, error: { code: 'epoch_changed' } }
        const known = log(fileId).rows.find((row) => row.pushIds?.includes(pushId))
        return { ok: true, value: { seq: (known ?? commit(fileId, update, { pushIds: [pushId] })).seq } }
      }
      default:
        return { ok: true, value: {} }
    }
  }

  http.prependListener('upgrade', (_request, socket) => {
    if (server.refuses) socket.destroy()
  })
  http.prependListener('request', ({ socket }) => {
    if (server.refuses) socket.destroy()
  })
  io.use((socket, next) => (server.middleware === undefined ? next() : server.middleware(socket, next)))
  io.on('connection', (socket) => {
    socket.onAny((name: string, raw: unknown, reply: (result: unknown) => void) => {
      const payload = fromWire(raw)
      server.received.push({ name, payload })
      const at = server.scripted.findIndex((script) => script.name === name)
      const [script] = at < 0 ? [] : server.scripted.splice(at, 1)
      if (script?.answer === 'silent') return
      if (script?.answer instanceof Promise) return void script.answer.then(reply)
      reply(script?.answer ?? answer(name, payload))
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  server.url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  return server
}
