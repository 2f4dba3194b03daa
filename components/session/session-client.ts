import type { Payload } from '#protocol/commands.ts'
import { ClientDocuments } from './client-documents.ts'
import type { DocumentRow } from './client-document.ts'
import type { Clock } from './clock.ts'
import { createConnection, type Connection, type ConnectionOptions } from './connection.ts'
import type { FrameScheduler } from './frame-scheduler.ts'
import { pushOverHttp } from './large-push.ts'
import { createActions, type SessionActions } from './session-actions.ts'
import type { SessionEvent } from './session-state.ts'
import { SessionStore } from './session-store.ts'
import { TurnLogs } from './turn-logs.ts'

export type SessionClientOptions = {
  sessionId: string
  /** Origin of the server; the page's own when absent. */
  url?: string
  clock: Clock
  frames: FrameScheduler
  newId(): string
}

type Incoming = Parameters<ConnectionOptions['onEvent']>[0]

/** Everything that a tab knows and may do of one session. `open` and `close` may be called again and again. */
export class SessionClient {
  readonly sessionId: string
  readonly store: SessionStore
  readonly documents: ClientDocuments
  readonly turnLogs: TurnLogs
  readonly actions: SessionActions
  private readonly connection: Connection
  private readonly frames: FrameScheduler
  /** Rows and events wait for the frame in their order of arrival, so that text and hunks of one moment appear together. */
  private incoming: Incoming[] = []
  /** What was folded while a snapshot was on its way: the snapshot may be older than that, so it is folded once more. */
  private sinceJoin: Incoming[] = []
  private cancelFrame: (() => void) | undefined

  constructor({ sessionId, url, clock, frames, newId }: SessionClientOptions) {
    this.sessionId = sessionId
    this.frames = frames
    this.store = new SessionStore(clock.now())
    this.turnLogs = new TurnLogs(frames)
    this.connection = createConnection({
      ...(url === undefined ? {} : { url }),
      clock,
      join: () => {
        this.sinceJoin = []
        return { sessionId, cursors: this.turnLogs.cursors() }
      },
      onJoined: (snapshot) => {
        const logs = this.turnLogs.joined(snapshot.turns)
        this.store.fold({ type: 'joined', snapshot }, ...this.sinceJoin.flatMap((event) => this.folded(event)))
        const present = new Set(this.store.read().files.map(({ fileId }) => fileId))
        for (const { fileId } of this.documents.all()) if (!present.has(fileId)) this.documents.remove(fileId)
        if (logs === 'cut') this.connection.rejoin()
      },
      onState: (connection) => {
        this.flush()
        this.store.fold({ type: 'connection', connection })
        if (connection.status === 'online') this.documents.reopenAll()
        else this.documents.suspendAll()
      },
      onEvent: (event) => this.receive(event),
    })
    this.documents = new ClientDocuments({
      channel: {
        isOnline: () => this.store.read().connection.status === 'online',
        open: (fileId, opening) => {
          const payload = { fileId, ...opening } as Payload<'document.open'> // its Uint8Array is a narrower one
          return this.connection.request('document.open', payload)
        },
        push: (push) => this.connection.request('document.push', push as Payload<'document.push'>),
        pushLarge: (push) => pushOverHttp(sessionId, push, url),
      },
      clock,
      newPushId: newId,
      onGap: () => this.connection.rejoin(),
      onPendingChanged: (pending) => this.store.fold({ type: 'saving', pending }),
    })
    this.actions = createActions(this.connection, (event) => this.store.fold(event))
  }

  open() {
    this.connection.open()
  }

  close() {
    this.connection.close()
    this.cancelFrame?.()
    this.cancelFrame = undefined
    this.incoming = []
  }

  private receive(event: Incoming) {
    // A turn's log has its own subscribers and its own frame; nothing per token enters the state.
    if (event.name === 'turn.delta') {
      if (this.turnLogs.append(event.payload) === 'gap') this.connection.rejoin()
      return
    }
    this.incoming.push(event)
    this.cancelFrame ??= this.frames.request(() => this.flush())
  }

  private flush() {
    this.cancelFrame?.()
    this.cancelFrame = undefined
    const incoming = this.incoming
    this.incoming = []
    if (this.connection.isJoining()) this.sinceJoin.push(...incoming)
    const rows: DocumentRow[] = []
    const events = incoming.flatMap((event): SessionEvent[] => {
      if (event.name === 'document.updated') rows.push(event.payload)
      return this.folded(event)
    })
    this.documents.apply(rows)
    this.store.fold(...events)
    for (const { name, payload } of incoming) {
      if (name === 'tree.changed') for (const fileId of payload.removed) this.documents.remove(fileId)
    }
  }

  private folded(event: Incoming): SessionEvent[] {
    switch (event.name) {
      case 'session.updated':
        return [{ type: 'session.updated', session: event.payload }]
      case 'tree.changed':
        return [{ type: 'tree.changed', ...event.payload }]
      case 'document.updated':
        return [{ type: 'hunks.changed', hunkEvents: event.payload.hunkEvents ?? [] }]
      case 'hunks.changed':
        return [{ type: 'hunks.changed', hunkEvents: event.payload.hunkEvents }]
      case 'turn.started':
        this.turnLogs.started(event.payload)
        return [{ type: 'turn.started', turn: event.payload }]
      case 'turn.status':
        return [{ type: 'turn.status', ...event.payload }]
      case 'turns.rolled-back':
        return [{ type: 'turns.rolled-back', ...event.payload }]
      case 'turn.ended':
        this.turnLogs.ended(event.payload.turnId)
        return [{ type: 'turn.ended', ...event.payload }]
      case 'turn.delta':
      case 'session.deleted': // the connection turns it into a refusal
      case 'failure': // answers a message that asked for no answer; this tab sends none
      case 'server.restarting': // the connection waits and comes back
        return []
    }
  }
}
