import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import parser from 'socket.io-msgpack-parser'
import { commands, type Command } from '#protocol/commands.ts'
import type { ClientToServerEvents, ServerToClientEvents } from '#protocol/events.ts'
import type { Result } from '#protocol/failures.ts'
import { limits } from '#protocol/limits.ts'
import { permits } from '#protocol/roles.ts'
import type { Documents } from '#documents/documents.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns } from '#turns/turns.ts'
import type { CommandLimits } from './command-limits.ts'
import type { Acknowledge, ConnectionData, FlintSocket, Handlers } from './connection.ts'
import { failureOf } from './failure-of.ts'
import { createHandlers } from './handlers.ts'
import { createJoin, leave } from './join.ts'
import { tellEvents } from './tell-events.ts'
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
  sessions,
  documents,
  turns,
  commandLimits,
  log,
  newLogId,
}: {
  httpServer: HttpServer
  /** The visit behind a request that may connect (host, origin and access are fine), or undefined. */
  identify: (request: IncomingMessage) => string | undefined
  sessions: Sessions
  documents: Documents
  turns: Turns
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
  const handlers = createHandlers({ sessions, documents, turns })
  const join = createJoin({ sessions, turns, documents })
  const silence = tellEvents(io, { sessions, documents, turns })

  const execute = async (socket: FlintSocket, name: unknown, payload: unknown): Promise<Result<unknown>> => {
    // Never converted: an object's own `toString` would throw, and an array of one name would pass for it.
    if (typeof name !== 'string' || !Object.hasOwn(commands, name)) return { ok: false, error: { code: 'unknown_command' } }
    const command = name as Command
    const retryAfterMs = await commandLimits.consume(socket.id, command)
    if (retryAfterMs > 0) return { ok: false, error: { code: 'rate_limited', retryAfterMs } }
    const parsed = commands[command].payload.safeParse(payload)
    if (!parsed.success) {
      const issues = parsed.error.issues.slice(0, 10).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      return { ok: false, error: { code: 'invalid_payload', issues } }
    }
    if (command === 'session.join') return { ok: true, value: await join(socket, parsed.data as Parameters<typeof join>[1]) }
    const { joined } = socket.data
    if (joined === undefined) return { ok: false, error: { code: 'not_joined' } }
    if (!permits(joined.participant.role, commands[command].role)) return { ok: false, error: { code: 'denied' } }
    // The map guarantees that the handler and the parsed payload belong to the same command; TypeScript cannot see it.
    const handle = handlers[command] as Handlers[keyof Handlers] & ((caller: unknown, payload: unknown) => Promise<unknown>)
    return { ok: true, value: await handle({ socket, ...joined }, parsed.data as never) }
  }

  const served = new WeakSet<object>()

  io.on('connection', (socket: FlintSocket) => {
    const visitId = identify(socket.request)
    // Who enters the namespace anew over the same connection would begin with fresh limits.
    if (visitId === undefined || served.has(socket.conn)) return void socket.disconnect(true)
    served.add(socket.conn)
    socket.data.visitId = visitId
    socket.data.joining = Promise.resolve()
    socket.data.openFileIds = new Set()
    let violations = 0

    // `use` sees every message before Socket.IO acts on it; `next` is never called, so no event name reaches an emitter.
    socket.use((message) => {
      const [name, payload]: unknown[] = message
      const last: unknown = message.at(-1)
      const acknowledge: Acknowledge =
        typeof last === 'function' ? (last as Acknowledge) : (result) => result.ok || socket.emit('failure', result.error)
      execute(socket, name, payload)
        .catch((error: unknown): Result<unknown> => {
          const failure = failureOf(error)
          if (failure !== undefined) return { ok: false, error: failure }
          const logId = newLogId()
          log.error({ err: error, command: name, logId }, 'command failed')
          return { ok: false, error: { code: 'internal', logId } }
        })
        .then((result) => {
          acknowledge(toWire(result))
          if (result.ok || !['unknown_command', 'invalid_payload', 'rate_limited'].includes(result.error.code)) return
          violations += 1
          if (violations > mostViolations) {
            log.warn({ visitId, code: result.error.code }, 'connection closed after repeated violations')
            socket.disconnect(true)
          }
        })
        .catch((error: unknown) => log.error({ err: error }, 'acknowledgement failed'))
    })

    socket.on('disconnect', () => leave(socket, documents))
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
        io.emit('server.restarting', { retryMs: 500 })
        await io.close()
      })()
      return closing
    },
  }
}
