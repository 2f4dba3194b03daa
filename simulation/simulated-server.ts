import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { anySize, DocumentThread } from '#documents/document-thread.ts'
import { createDocuments } from '#documents/create-documents.ts'
import { compactDocument } from '#documents/document-compaction.ts'
import type { Documents } from '#documents/documents.ts'
import { commands, type Command } from '#protocol/commands.ts'
import type { DocumentOpening } from '#protocol/documents.ts'
import type { ServerEvents } from '#protocol/events.ts'
import type { Result } from '#protocol/failures.ts'
import { permits, type Role } from '#protocol/roles.ts'
import { createSessions } from '#sessions/create-sessions.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { FlintSocket } from '#socket/connection.ts'
import { createDocumentHandlers } from '#socket/document-handlers.ts'
import { failureOf } from '#socket/failure-of.ts'
import type { FaultyStore } from './faulty-store.ts'
import type { VirtualTime } from './virtual-time.ts'

export const sessionId = 's1'

/** What a connection is told without having asked. */
export type Told =
  | { name: 'document.updated'; payload: ServerEvents['document.updated'] }
  | { name: 'document.head'; payload: ServerEvents['document.head'] }
  | { name: 'tree.changed'; payload: ServerEvents['tree.changed'] }

export type Person = { participantId: string; role: Role }

type DocumentHandlers = ReturnType<typeof createDocumentHandlers>

type Connection = { socket: FlintSocket; tell: (told: Told) => void }

/** Compaction in the same thread, so that one seed decides everything. */
const newThread = () => new DocumentThread({ small: anySize })

/** One process: the real documents, sessions and command handlers over a store; sockets and time are the simulation's. */
export class SimulatedServer {
  readonly faulty: FaultyStore
  readonly documents: Documents
  readonly sessions: Sessions
  readonly #log: Logger
  readonly #connections = new Set<Connection>()
  readonly #handlers: DocumentHandlers
  readonly #onBug: (error: unknown) => void
  readonly #onPush: (pushId: string, allowed: boolean) => void
  /** Ends what a process that has ended would still do on a timer. */
  stopHeads: () => void = () => {}

  constructor(options: {
    faulty: FaultyStore
    time: VirtualTime
    log: Logger
    newClientId: () => number
    newId: () => string
    onBug: (error: unknown) => void
    onPush: (pushId: string, allowed: boolean) => void
  }) {
    const { faulty, time, log, newClientId, newId } = options
    const { store } = faulty
    this.faulty = faulty
    this.#log = log
    this.#onBug = options.onBug
    this.#onPush = options.onPush
    const every: typeof time.every = (ms, work) => (this.stopHeads = time.every(ms, work))
    this.documents = createDocuments({ store, log, newClientId, every, compactor: newThread(), loader: newThread() })
    this.sessions = createSessions({
      store,
      documents: this.documents,
      samplesDir: fileURLToPath(new URL('../server/sessions/samples', import.meta.url)),
      clock: time.now,
      ids: newId,
      defaultBackend: () => ({ backendId: 'b', model: 'm' }),
      log,
    })
    this.#handlers = createDocumentHandlers({
      sessions: this.sessions,
      documents: this.documents,
      turns: { hunksOfFile: async () => [], offer: async () => ({ hunks: 0 }) },
    })
    this.documents.onCommitted(({ fileId, seq, pushId, update }) => {
      const payload = {
        fileId,
        afterSeq: seq - 1,
        seq,
        ...(pushId === undefined ? {} : { pushIds: [pushId] }),
        ...(update === undefined ? {} : { update }),
      }
      for (const { tell } of this.#connections) tell({ name: 'document.updated', payload })
    })
    this.documents.onHead(({ fileId, seq, hash }) => {
      for (const { socket, tell } of this.#connections) {
        if (socket.data.openFileIds.has(fileId)) tell({ name: 'document.head', payload: { fileId, seq, hash } })
      }
    })
    this.sessions.onEvent((event) => {
      if (event.type !== 'tree') return
      for (const { tell } of this.#connections) tell({ name: 'tree.changed', payload: event.change })
    })
  }

  /** Lets a tab in. `tell` is called with whatever it is told, from now on. */
  connect(person: Person, tell: (told: Told) => void) {
    const openFileIds = new Set<string>()
    const socket = {
      data: { visitId: person.participantId, joining: Promise.resolve(), joined: { sessionId }, openFileIds },
      connected: true,
      join: () => {},
      leave: () => {},
    }
    const connection: Connection = { socket: socket as unknown as FlintSocket, tell }
    this.#connections.add(connection)
    return {
      serve: (command: Command, payload: unknown) => this.#serve(connection, person, command, payload),
      leave: () => {
        socket.connected = false
        this.#connections.delete(connection)
        for (const fileId of openFileIds) this.documents.release(fileId)
        openFileIds.clear()
      },
    }
  }

  async #serve({ socket }: Connection, person: Person, command: Command, payload: unknown): Promise<Result<unknown>> {
    try {
      if (command === 'session.join') return { ok: true, value: await this.sessions.files(sessionId) }
      const allowed = permits(person.role, commands[command].role)
      if (command === 'document.push') this.#onPush((payload as { pushId: string }).pushId, allowed)
      if (!allowed) return { ok: false, error: { code: 'denied' } }
      const participant = { participantId: person.participantId, name: person.participantId, role: person.role, colour: 0 }
      const parsed: unknown = commands[command].payload.parse(payload)
      // The map guarantees that handler and payload belong together; TypeScript cannot see it.
      const handle = this.#handlers[command as keyof DocumentHandlers] as unknown as (
        caller: unknown,
        payload: unknown,
      ) => Promise<unknown>
      const value = await handle({ socket, sessionId, participant }, parsed)
      if (command !== 'document.open') return { ok: true, value }
      const opening = value as DocumentOpening
      if ('update' in opening) return { ok: true, value: { ...opening, updates: [opening.update] } }
      // What the tab fetches over HTTP comes in one piece with the answer here.
      return { ok: true, value: { ...opening, ...(await this.documents.state(opening.fileId)) } }
    } catch (error) {
      const failure = failureOf(error)
      if (failure !== undefined) return { ok: false, error: failure }
      this.#onBug(error)
      return { ok: false, error: { code: 'internal' } }
    }
  }

  /** As the last viewer's leaving does it, at any moment. */
  async compact(fileId: string): Promise<void> {
    const options = { fileId, store: this.faulty.store, log: this.#log, compactor: newThread() }
    await compactDocument(options).catch(() => undefined)
  }
}
