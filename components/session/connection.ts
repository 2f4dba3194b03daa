import { io } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import type { Command, Payload, Reply } from '#protocol/commands.ts'
import type { ServerEvent, ServerEvents } from '#protocol/events.ts'
import type { Failure, FailureCode, Result } from '#protocol/failures.ts'
import type { SessionSnapshot } from '#protocol/sessions.ts'
import type { Clock } from './clock.ts'
import type { ConnectionState, RefusalReason } from './session-state.ts'
import { fromWire, toWire } from './wire-bytes.ts'

export type ConnectionOptions = {
  /** Origin of the server; the page's own when absent. */
  url?: string
  /** Sent with the handshake where no browser keeps a cookie and names an origin: in Node. */
  headers?: Record<string, string>
  /** The socket where it is not Socket.IO's own. */
  dial?: () => DialledSocket
  clock: Clock
  /** What `session.join` says, asked anew for every connection so that its cursors are current. */
  join(): Payload<'session.join'>
  onJoined(snapshot: SessionSnapshot): void
  onEvent(event: { [E in ServerEvent]: { name: E; payload: ServerEvents[E] } }[ServerEvent]): void
  onState(state: ConnectionState): void
}

export type Connection = {
  open(): void
  /** Joins again over the same connection, because something that should have arrived did not. */
  rejoin(): void
  /** A snapshot was asked for and has not arrived. */
  isJoining(): boolean
  close(): void
  /** Asks the server. A connection that is not there, is lost meanwhile, or stays silent answers `unavailable`. */
  request<C extends Command>(command: C, payload: Payload<C>, timeoutMs?: number): Promise<Result<Reply<C>>>
}

/** What a connection uses of a socket. */
export type DialledSocket = {
  readonly id?: string | undefined
  readonly connected: boolean
  /** Whether it tries again by itself. */
  readonly active: boolean
  readonly io: {
    engine: { transport: { name: string }; once(event: 'upgrade', listener: () => void): unknown }
    opts: { transports?: string[] }
  }
  on(event: string, listener: (given: never) => void): unknown
  onAny(listener: (name: never, payload: unknown) => void): unknown
  connect(): unknown
  disconnect(): unknown
  timeout(ms: number): { emit(name: string, payload: unknown, done: Acknowledge): void }
}

type Acknowledge = (error: Error | null, answer?: unknown) => void
/** Either the server's middleware said no (`data`), or the HTTP request itself was refused (`context`). */
type RefusedError = Error & { data?: { code?: FailureCode }; context?: { status?: number } }

const settings = {
  autoConnect: false,
  forceNew: true,
  parser,
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  withCredentials: true,
  // Only polling can carry it: a browser names no origin on a GET to its own host, and no other page may send this header.
  extraHeaders: { 'x-flint': '1' },
  reconnectionDelay: 300,
  reconnectionDelayMax: 5_000,
  timeout: 8_000,
}
const unavailable: { ok: false; error: Failure } = { ok: false, error: { code: 'unavailable' } }
const joinTimeoutMs = 15_000
const requestTimeoutMs = 20_000
const joinAgainMs = 1_000
/** With another role: enough for the server to close the old connection first. */
const roleRetryMs = 50
/** Whatever goes missing, this tab does not ask for snapshots more often than this. */
const rejoinPauseMs = 500
/** Join answers that asking again will not change. */
const permanentRefusals: readonly FailureCode[] = [
  'denied',
  'not_found',
  'awaiting_approval',
  'declined',
  'removed',
  'invalid_payload',
  'unknown_command',
  'limit_reached',
]

/** The tab's one socket: connects, joins the session, joins again after every reconnect, and stops where the server refused. */
export function createConnection(options: ConnectionOptions): Connection {
  const { clock } = options
  let socket: DialledSocket | undefined
  /** The server closes the connection and wants it back. */
  let comingBack = false
  let last: ConnectionState['status'] | undefined
  let cancelRetry: (() => void) | undefined
  let cancelRejoin: (() => void) | undefined
  let joinsPending = 0
  let onlineSince = 0

  const state = (change: ConnectionState) => {
    // Every failed attempt says `offline` again; the first one says since when.
    if (change.status === 'offline' && last === 'offline') return
    last = change.status
    options.onState(change)
  }
  const refuse = (reason: RefusalReason) => {
    socket?.disconnect()
    state({ status: 'refused', since: clock.now(), reason })
  }
  const retryAfter = (delayMs: number) => {
    cancelRetry?.()
    cancelRetry = clock.after(delayMs, () => {
      cancelRetry = undefined
      socket?.connect()
    })
  }

  async function ask(command: Command, payload: unknown, timeoutMs: number): Promise<Result<unknown>> {
    const open = socket
    if (open?.connected !== true) return unavailable
    return new Promise((resolve) => {
      open.timeout(timeoutMs).emit(command, toWire(payload), (error, answer) => {
        resolve(error === null ? (fromWire(answer) as Result<unknown>) : unavailable)
      })
    })
  }

  const online = ({ io: { engine } }: DialledSocket) => {
    const transport = engine.transport.name === 'polling' ? 'polling' : 'websocket'
    if (last !== 'online') onlineSince = clock.now()
    state({ status: 'online', since: onlineSince, transport })
  }

  async function join(joining: DialledSocket) {
    const id = joining.id
    joinsPending += 1
    const answer = (await ask('session.join', options.join(), joinTimeoutMs)) as Result<SessionSnapshot>
    joinsPending -= 1
    if (joining.id !== id) return
    if (answer.ok) {
      comingBack = false
      options.onJoined(answer.value)
      online(joining)
    } else if (permanentRefusals.includes(answer.error.code)) {
      refuse(answer.error.code)
    } else {
      joining.disconnect()
      retryAfter(answer.error.retryAfterMs ?? joinAgainMs)
    }
  }

  function dial(): DialledSocket {
    const own = { ...settings, extraHeaders: { ...settings.extraHeaders, ...options.headers } }
    // socket.io-client's typed emit cannot follow a generic command name.
    return (options.url === undefined ? io(own) : io(options.url, own)) as unknown as DialledSocket
  }

  function create(): DialledSocket {
    const created = (options.dial ?? dial)()
    created.on('connect', () => {
      created.io.engine.once('upgrade', () => {
        if (last === 'online') online(created)
      })
      void join(created)
    })
    created.on('disconnect', (reason: string) => {
      const byServer = reason === 'io server disconnect'
      if (byServer && !comingBack) return refuse('closed_by_server')
      state({ status: 'offline', since: clock.now() })
      // Closed later than the time after which this tab was to come back: it was still connected then.
      if (byServer && cancelRetry === undefined) retryAfter(roleRetryMs)
    })
    created.on('connect_error', (error: RefusedError) => {
      if (!created.active) refuse(error.data?.code ?? 'denied')
      else if (error.context?.status === 403) refuse('denied')
      else {
        // A proxy that swallows the upgrade never says no: the attempt after it begins with the other transport.
        if (error.message === 'timeout') created.io.opts.transports = created.io.opts.transports?.toReversed() ?? []
        state({ status: 'offline', since: clock.now() })
      }
    })
    created.onAny((name: ServerEvent, raw: unknown) => {
      const payload = fromWire(raw)
      if (name === 'server.restarting') {
        comingBack = true
        retryAfter((payload as ServerEvents['server.restarting']).retryMs)
      }
      if (name === 'access.changed') {
        const { why } = payload as ServerEvents['access.changed']
        if (why !== 'role') return refuse(why)
        comingBack = true
        retryAfter(roleRetryMs)
      }
      options.onEvent({ name, payload } as Parameters<ConnectionOptions['onEvent']>[0])
      if (name === 'session.deleted') refuse('session_deleted')
    })
    return created
  }

  return {
    open() {
      cancelRetry?.()
      socket ??= create()
      socket.connect()
    },
    rejoin() {
      cancelRejoin ??= clock.after(rejoinPauseMs, () => {
        cancelRejoin = undefined
        // What is missing now, a snapshot that is still to come brings too.
        if (socket?.connected === true && joinsPending === 0) void join(socket)
      })
    },
    isJoining: () => joinsPending > 0,
    close() {
      cancelRetry?.()
      cancelRejoin?.()
      cancelRejoin = undefined
      socket?.disconnect()
    },
    async request(command, payload, timeoutMs = requestTimeoutMs) {
      return (await ask(command, payload, timeoutMs)) as Result<Reply<typeof command>>
    },
  }
}
