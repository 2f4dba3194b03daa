/* oxlint-disable no-restricted-imports -- the far end of the socket under test runs in Node */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import parser from 'socket.io-msgpack-parser'
import * as Y from 'yjs'
import type { Result } from '#protocol/failures.ts'
import type { ServerEvent, ServerEvents } from '#protocol/events.ts'
import type { SessionSnapshot } from '#protocol/sessions.ts'
import { fromWire } from '../wire-bytes.ts'

type Row = ServerEvents['document.updated']
type Push = { fileId: string; pushId: string; update: Uint8Array }

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
  turns: [],
  hunks: [],
  backends: [],
  recordedPrompts: [],
}

/** A session server of the least possible size over a real Socket.IO server: one log per document, client ids counted up. */
export async function smallServer() {
  const http = createServer()
  const io = new Server(http, { parser, allowRequest: (_request, answer) => answer(null, server.admits) })
  const logs = new Map<string, { doc: Y.Doc; rows: Row[] }>()
  let nextClientId = 1_000

  const log = (fileId: string) => {
    const known = logs.get(fileId)
    if (known !== undefined) return known
    const fresh = { doc: new Y.Doc(), rows: [] }
    logs.set(fileId, fresh)
    return fresh
  }
  const commit = (fileId: string, update: Uint8Array | undefined, rest: Partial<Row> = {}) => {
    const { doc, rows } = log(fileId)
    if (update !== undefined) Y.applyUpdate(doc, update)
    const row: Row = { fileId, seq: rows.length + 1, ...(update === undefined ? {} : { update }), ...rest }
    rows.push(row)
    io.emit('document.updated', row)
    return row
  }

  const server = {
    url: '',
    admits: true,
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
    names: () => server.received.map(({ name }) => name),
    tell: <E extends ServerEvent>(name: E, payload: ServerEvents[E]) => void io.emit(name, payload),
    /** Writes as somebody else. */
    write(fileId: string, edit: (text: Y.Text) => void, rest: Partial<Row> = {}) {
      const peer = new Y.Doc()
      Y.applyUpdate(peer, Y.encodeStateAsUpdate(log(fileId).doc))
      const before = Y.encodeStateVector(peer)
      edit(peer.getText('text'))
      return commit(fileId, Y.encodeStateAsUpdate(peer, before), rest)
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
        const { fileId, clientId, stateVector } = payload as { fileId: string; clientId?: number; stateVector?: Uint8Array }
        const { doc, rows } = log(fileId)
        const update = Y.encodeStateAsUpdate(doc, stateVector)
        return { ok: true, value: { fileId, clientId: clientId ?? nextClientId++, seq: rows.length, update } }
      }
      case 'document.push': {
        const { fileId, pushId, update } = payload as Push
        const known = log(fileId).rows.find((row) => row.pushId === pushId)
        return { ok: true, value: { seq: (known ?? commit(fileId, update, { pushId })).seq } }
      }
      default:
        return { ok: true, value: {} }
    }
  }

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
