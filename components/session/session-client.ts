import type { Payload } from '#protocol/commands.ts'
import type { DocumentRange } from '#protocol/documents.ts'
import { createChatActions } from './chat-actions.ts'
import type { ClientDocuments, OutgoingPush } from './client-documents.ts'
import { isLarge } from './client-documents.ts'
import type { Clock } from './clock.ts'
import { createConnection, type Connection, type ConnectionOptions } from './connection.ts'
import type { FrameScheduler } from './frame-scheduler.ts'
import { pushOverHttp } from './large-push.ts'
import { withState } from './large-state.ts'
import { nowhere, type BrowserPlace } from './outbox/browser-place.ts'
import type { Offered } from './outbox/offers.ts'
import { OwnEdits } from './outbox/own-edits.ts'
import { OutgoingMessages } from './outgoing-messages.ts'
import { createActions, type SessionActions } from './session-actions.ts'
import type { SessionEvent, SessionState } from './session-state.ts'
import { SessionStore } from './session-store.ts'
import { TabPresence } from './tab-presence.ts'
import { TurnLogs } from './turn-logs.ts'

export type SessionClientOptions = {
  sessionId: string
  /** Origin of the server; the page's own when absent. */
  url?: string
  /** Sent with the handshake where no browser keeps a cookie and names an origin: in Node. */
  headers?: Record<string, string>
  /** The socket where it is not Socket.IO's own. */
  dial?: ConnectionOptions['dial']
  clock: Clock
  frames: FrameScheduler
  newId(): string
  /** Where messages that could not be sent outlive the tab. */
  storage?: ConstructorParameters<typeof OutgoingMessages>[0]['storage']
  /** Where edits are kept until the server has them; nowhere when absent. */
  place?: BrowserPlace
}

type Incoming = Parameters<ConnectionOptions['onEvent']>[0]

/** Everything that a tab knows and may do of one session. `open` and `close` may be called again and again. */
export class SessionClient {
  readonly sessionId: string
  readonly store: SessionStore
  readonly edits: OwnEdits
  readonly documents: ClientDocuments
  readonly turnLogs: TurnLogs
  readonly presence: TabPresence
  readonly actions: SessionActions
  private readonly offeredListeners = new Set<(offered: Offered) => void>()
  private readonly outgoing: OutgoingMessages
  private readonly connection: Connection
  private readonly frames: FrameScheduler
  /** Of every file that was ever here: edits of one that is gone are named by it. */
  private readonly paths = new Map<string, string>()
  /** Rows and events wait for the frame in their order of arrival, so that text and hunks of one moment appear together. */
  private incoming: Incoming[] = []
  /** What was folded while a snapshot was on its way: the snapshot may be older than that, so it is folded once more. */
  private sinceJoin: Incoming[] = []
  private cancelFrame: (() => void) | undefined

  constructor({ sessionId, url, headers, dial, clock, frames, newId, storage, place = nowhere }: SessionClientOptions) {
    this.sessionId = sessionId
    this.frames = frames
    this.store = new SessionStore(clock.now())
    this.turnLogs = new TurnLogs(frames)
    this.connection = createConnection({
      ...(url === undefined ? {} : { url }),
      ...(headers === undefined ? {} : { headers }),
      ...(dial === undefined ? {} : { dial }),
      clock,
      join: () => {
        this.sinceJoin = []
        return { sessionId, cursors: this.turnLogs.cursors() }
      },
      onJoined: (snapshot) => {
        this.turnLogs.joined(snapshot.turns)
        this.store.fold({ type: 'joined', snapshot }, ...this.sinceJoin.flatMap((event) => this.folded(event)))
        const present = new Set(this.store.read().files.map(({ fileId }) => fileId))
        for (const { fileId } of this.documents.all()) if (!present.has(fileId)) this.edits.remove(fileId)
        this.outgoing.belongTo(`flint:messages:${sessionId}:${snapshot.you.participantId}`)
        this.presence.joined(snapshot.presence)
      },
      onState: (connection) => {
        this.flush()
        this.store.fold({ type: 'connection', connection })
        if (connection.status === 'online') {
          this.edits.online()
          this.outgoing.resume()
        } else this.edits.offline()
      },
      onEvent: (event) => this.receive(event),
    })
    this.presence = new TabPresence({
      clock,
      request: (command, payload) => this.connection.request(command, payload),
      onPlaces: (people) => this.store.fold({ type: 'people', people }),
    })
    const { request } = this.connection
    this.edits = new OwnEdits({
      place,
      sessionId,
      clock,
      newId,
      channel: {
        isOnline: () => this.store.read().connection.status === 'online',
        open: async (fileId, opening, signal) => {
          const payload = { fileId, ...opening } as Payload<'document.open'> // its Uint8Array is a narrower one
          return withState(await request('document.open', payload), { sessionId, origin: url, headers, signal })
        },
        rows: (fileId, afterSeq) => request('document.rows', { fileId, afterSeq }),
        push: (push) => (isLarge(push.update) ? pushOverHttp(sessionId, push, url) : request('document.push', bytes(push))),
        mismatch: (mismatch) => void request('document.mismatch', mismatch),
        offer: (push) => request('document.offer', bytes(push)),
      },
      pathOf: (fileId) => this.paths.get(fileId),
      onHunks: (hunks) => {
        this.store.fold({ type: 'hunks.changed', hunkEvents: hunks.map((hunk) => ({ type: 'changed', hunk })) })
      },
      onSaving: (saving) => this.store.fold({ type: 'saving', saving }),
      onOffered: (offered) => {
        for (const listener of this.offeredListeners) listener(offered)
      },
    })
    this.documents = this.edits.documents
    let seen: SessionState['files'] | undefined
    this.store.subscribe(() => {
      const { files } = this.store.read()
      if (files === seen) return
      seen = files
      for (const { fileId, path } of files) this.paths.set(fileId, path)
    })
    this.outgoing = new OutgoingMessages({
      storage,
      clock,
      isOnline: () => this.store.read().connection.status === 'online',
      send: (message) => this.connection.request('message.send', message),
      onSent: (message) => this.store.fold({ type: 'message.changed', message }),
      onChanged: (outgoing) => this.store.fold({ type: 'messages.outgoing', outgoing }),
    })
    const fold = (event: SessionEvent) => this.store.fold(event)
    this.actions = createActions(
      this.connection,
      fold,
      createChatActions(this.connection, this.outgoing, { clock, newId, fold }),
    )
  }

  /** Told when edits of this person became a proposal. Returns its undo. */
  onOffered(listener: (offered: Offered) => void): () => void {
    this.offeredListeners.add(listener)
    return () => this.offeredListeners.delete(listener)
  }

  open() {
    this.edits.open()
    this.connection.open()
  }

  close() {
    this.edits.close()
    this.connection.close()
    this.outgoing.close()
    this.presence.close()
    this.cancelFrame?.()
    this.cancelFrame = undefined
    this.incoming = []
  }

  private receive(event: Incoming) {
    if (this.presence.receive(event)) return
    if (event.name === 'session.behind') return this.connection.rejoin()
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
    const rows: DocumentRange[] = []
    const events = incoming.flatMap((event): SessionEvent[] => {
      if (event.name === 'document.updated') rows.push(event.payload)
      return this.folded(event)
    })
    this.documents.apply(rows)
    this.edits.stored(rows.flatMap(({ pushIds }) => pushIds ?? []))
    this.store.fold(...events)
    for (const { name, payload } of incoming) {
      if (name === 'tree.changed') for (const fileId of payload.removed) this.edits.remove(fileId)
      if (name === 'document.head') this.documents.compare(payload)
    }
  }

  private folded(event: Incoming): SessionEvent[] {
    switch (event.name) {
      case 'session.updated':
        return [{ type: 'session.updated', session: event.payload }]
      case 'participants.changed':
        return [{ type: 'participants.changed', ...event.payload }]
      case 'sharing.changed':
        return [{ type: 'sharing.changed', sharing: event.payload }]
      case 'tree.changed':
        return [{ type: 'tree.changed', change: event.payload }]
      case 'document.updated':
        return [
          { type: 'hunks.changed', hunkEvents: event.payload.hunkEvents ?? [] },
          ...(event.payload.update === undefined ? [] : [textChanged(event.payload.fileId)]),
        ]
      case 'hunks.changed':
        return [{ type: 'hunks.changed', hunkEvents: event.payload.hunkEvents }]
      case 'bases.changed':
        return [{ type: 'bases.changed', ...event.payload }]
      case 'turn.started':
        this.turnLogs.started(event.payload)
        return [{ type: 'turn.started', turn: event.payload }]
      case 'turn.status':
        return [{ type: 'turn.status', ...event.payload }]
      case 'message.changed':
        return [{ type: 'message.changed', message: event.payload }]
      case 'turns.queued':
        return [{ type: 'turns.queued', ...event.payload }]
      case 'turns.rolled-back':
        return [{ type: 'turns.rolled-back', ...event.payload }]
      case 'turn.ended':
        this.turnLogs.ended(event.payload.turnId)
        return [{ type: 'turn.ended', ...event.payload }]
      case 'thread.changed':
      case 'thread.removed':
      case 'review.submitted':
      case 'review.requests':
      case 'review.settings':
      case 'file.viewed':
        return [{ type: 'review', event }]
      case 'presence.changed': // never comes here, nor do the next three
      case 'presence.asked':
      case 'presence.gathering':
      case 'turn.delta':
      case 'document.head':
      case 'session.behind': // the tab joins again
      case 'session.deleted': // the connection turns it into a refusal
      case 'access.changed': // the connection comes back with the new role, or is refused
      case 'failure': // answers a message that asked for no answer; this tab sends none
      case 'server.restarting': // the connection waits and comes back
        return []
    }
  }
}

function textChanged(fileId: string): SessionEvent {
  return { type: 'review', event: { name: 'text.changed', payload: { fileId } } }
}

function bytes(push: OutgoingPush) {
  return push as Payload<'document.push'>
}
