import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import parser from 'socket.io-msgpack-parser'
import type { ClientToServerEvents, ServerToClientEvents } from '#protocol/events.ts'
import { limits } from '#protocol/limits.ts'
import type { CommandLimits } from './command-limits.ts'
import type { Acknowledge, ConnectionData, FlintSocket } from './connection.ts'
import { createExecute } from './execute.ts'
import { createHandlers } from './handlers.ts'
import { createJoin, leave } from './join.ts'
import { engineWire } from './outbound/engine-wire.ts'
import { Outbound } from './outbound/outbound.ts'
import type { Rooms } from './rooms.ts'
import { tellEverything } from './tell-everything.ts'
import { toWire } from './wire-bytes.ts'

/** Unanswerable or refused messages after which a connection is closed: nobody's client sends that many by mistake. */
const mostViolations = 50

export type SocketServer = {
  /** Tells every tab that the server goes away, and closes their connections. Idempotent. */
  close(): Promise<void>
}

/**
 * One connection per browser tab over one namespace. Only names in the command map are admitted: msgpack frames may carry any
 * event name, also Socket.IO's reserved ones.
 */
export function createSocketServer({
  httpServer,
  identify,
  rooms,
  commandLimits,
  log,
  newLogId,
}: {
  httpServer: HttpServer
  /** The visit behind a request that may connect (host, origin and access are fine), or undefined. */
  identify: (request: IncomingMessage) => string | undefined
  rooms: Rooms
  commandLimits: CommandLimits
  log: Logger
  newLogId: () => string
}): SocketServer {
  const io = new Server<ClientToServerEvents, ServerToClientEvents, Record<string, never>, ConnectionData>(httpServer, {
    parser,
    serveClient: false,
    maxHttpBufferSize: limits.frameBytes,
    connectTimeout: 10_000,
    // Next owns every other upgrade.
    destroyUpgrade: false,
    allowRequest: (request, answer) => {
      const known = identify(request) !== undefined
      if (!known) log.warn({ origin: request.headers.origin, host: request.headers.host }, 'connection refused')
      answer(known ? null : 'forbidden', known)
    },
  })
  const outbound = new Outbound({ monotonicMs: () => performance.now(), soon: setImmediate })
  const leaveSession = (socket: FlintSocket) => leave(socket, { ...rooms, outbound })
  const execute = createExecute({
    handlers: createHandlers(rooms),
    join: createJoin({ ...rooms, outbound }),
    commandLimits,
    log,
    newLogId,
  })
  const silence = tellEverything(outbound, rooms, { sockets: () => io.of('/').sockets.values(), leave: leaveSession })
  const sweeping = setInterval(() => {
    const cut = outbound.sweep()
    if (cut > 0) log.warn({ connections: cut }, 'connections that read nothing any more were cut')
  }, 1_000)

  const served = new WeakSet<object>()

  io.on('connection', (socket: FlintSocket) => {
    const visitId = identify(socket.request)
    // Who enters the namespace anew over the same connection would begin with fresh limits.
    if (visitId === undefined || served.has(socket.conn)) return void socket.disconnect(true)
    served.add(socket.conn)
    socket.data.visitId = visitId
    socket.data.joining = Promise.resolve()
    socket.data.openFileIds = new Set()
    socket.data.unsentSnapshots = 0
    const connection = outbound.connect(
      socket.id,
      engineWire(socket, () => connection.serve()),
      () => socket.rooms,
    )
    socket.data.outbound = connection
    let violations = 0

    // `use` sees every message before Socket.IO acts on it; `next` is never called, so no event name reaches an emitter.
    socket.use((message) => {
      const [name, payload]: unknown[] = message
      const last: unknown = message.at(-1)
      const acknowledge: Acknowledge =
        typeof last === 'function' ? (last as Acknowledge) : (result) => result.ok || connection.tell('failure', result.error)
      execute(socket, name, payload)
        .then((result) => {
          const isSnapshot = name === 'session.join' && result.ok
          if (isSnapshot) socket.data.unsentSnapshots += 1
          connection.answer(() => {
            if (isSnapshot) socket.data.unsentSnapshots -= 1
            acknowledge(toWire(result))
          })
          if (result.ok || !['unknown_command', 'invalid_payload', 'rate_limited'].includes(result.error.code)) return
          violations += 1
          if (violations > mostViolations) {
            log.warn({ visitId, code: result.error.code }, 'connection closed after repeated violations')
            connection.finish()
            socket.disconnect(true)
          }
        })
        .catch((error: unknown) => log.error({ err: error }, 'acknowledgement failed'))
    })

    socket.on('disconnect', () => {
      leaveSession(socket)
      outbound.disconnect(socket.id)
    })
    // A frame that cannot be decoded is an error of the socket, one above the limit an error of its transport.
    socket.on('error', (error) => log.warn({ visitId, err: error }, 'connection closed: bad message'))
    socket.conn.on('close', (reason, cause) => {
      if (reason === 'transport error') log.warn({ visitId, err: cause }, 'connection closed: bad frame')
    })
  })

  let closing: Promise<void> | undefined
  return {
    close: () => {
      closing ??= (async () => {
        silence()
        clearInterval(sweeping)
        io.emit('server.restarting', { retryMs: 500 })
        await io.close()
      })()
      return closing
    },
  }
}
