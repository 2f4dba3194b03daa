import * as Y from 'yjs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Logger } from 'pino'
import { anySize, DocumentThread } from '#documents/document-thread.ts'
import { createDocuments } from '#documents/create-documents.ts'
import type { Documents } from '#documents/documents.ts'
import { similarPlace } from '#edits/similar-place.ts'
import { createMessages } from '#messages/create-messages.ts'
import type { DocumentOpening } from '#protocol/documents.ts'
import type { Result } from '#protocol/failures.ts'
import { createReviews } from '#reviews/create-reviews.ts'
import { createSessions } from '#sessions/create-sessions.ts'
import { Presences } from '#sessions/presence.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { FlintSocket } from '#socket/connection.ts'
import { createExecute } from '#socket/execute.ts'
import { createHandlers } from '#socket/handlers.ts'
import { createJoin, leave } from '#socket/join.ts'
import { Outbound } from '#socket/outbound/outbound.ts'
import { tellEverything } from '#socket/tell-everything.ts'
import type { Store } from '#store/store.ts'
import { createTurns } from '#turns/create-turns.ts'
import type { Turns } from '#turns/turns.ts'
import type { Reviews } from '#reviews/reviews.ts'
import type { Link, ServerEnd } from './link.ts'
import { decoded } from './over-the-wire.ts'
import { SimulatedModel } from './simulated-model.ts'
import type { ProcessTime } from './virtual-time.ts'

export const backendId = 'simulated'

const samplesDir = path.join(fileURLToPath(new URL('../../server/sessions/samples', import.meta.url)))

/** One run of the server: all rooms over a store, without HTTP and without Socket.IO, whose part the links play. */
export class SimulatedServer {
  readonly documents: Documents
  readonly sessions: Sessions
  readonly turns: Turns
  readonly reviews: Reviews
  readonly model = new SimulatedModel()
  readonly #sockets = new Map<string, FlintSocket>()
  readonly #outbound: Outbound
  readonly #presences: Presences
  readonly #execute: ReturnType<typeof createExecute>
  readonly #leave: (socket: FlintSocket) => void
  #connections = 0
  /** Nobody is let in before what the last process left behind is in order. */
  #isReady = false

  constructor({
    store,
    time,
    log,
    ids,
    random,
  }: {
    store: Store
    time: ProcessTime
    log: Logger
    ids: () => string
    random: () => number
  }) {
    const clock = { now: () => time.now() }
    const documents = createDocuments({
      store,
      log,
      newClientId: () => 2 + Math.floor(random() * (2 ** 32 - 3)),
      every: time.every,
      // In this thread, so that one seed decides everything.
      compactor: new DocumentThread({ small: anySize }),
      loader: new DocumentThread({ small: anySize }),
    })
    const sessions = createSessions({
      store,
      documents,
      samplesDir,
      clock: clock.now,
      ids,
      defaultBackend: () => ({ backendId, model: 'simulated' }),
      log,
    })
    const turns = createTurns({
      store,
      documents,
      sessions,
      backends: new Map([
        [backendId, { info: { backendId, name: 'Simulated', kind: 'live', models: ['simulated'] }, model: this.model }],
      ]),
      recordedPrompts: () => [],
      clock,
      timers: time.timers,
      // In this thread, as the compactor.
      search: async (text, { oldLines, newLines }) => similarPlace(text, oldLines, newLines, () => false),
      ids: { next: ids },
      log,
    })
    const presences = new Presences({ clock: time, log })
    const messages = createMessages({ store, now: clock.now, log })
    const reviews = createReviews({ store, documents, sessions, turns, clock: clock.now, ids, log })
    this.documents = documents
    this.sessions = sessions
    this.turns = turns
    this.reviews = reviews
    this.#presences = presences
    this.#outbound = new Outbound({ monotonicMs: clock.now, soon: time.soon })
    const rooms = { sessions, documents, turns, presences, messages, reviews }
    this.#leave = (socket) => leave(socket, { documents, presences, outbound: this.#outbound })
    tellEverything(this.#outbound, rooms, { sockets: () => this.#sockets.values(), leave: this.#leave })
    this.#execute = createExecute({
      handlers: createHandlers(rooms),
      join: createJoin({ ...rooms, outbound: this.#outbound }),
      // Limits of commands have tests of their own, and their clock is the machine's.
      commandLimits: { consume: () => Promise.resolve(0) },
      log,
      newLogId: ids,
    })
  }

  /** As the process does before it listens. Rejects where it would not start. */
  async start(): Promise<void> {
    await this.turns.recover()
    this.#isReady = true
  }

  get isReady(): boolean {
    return this.#isReady
  }

  /** What there is only because of somebody who is here. */
  holds(sessionId: string): string[] {
    const counts = {
      connections: this.#sockets.size,
      'places of people': this.#presences.of(sessionId).length,
      answers: this.model.answering,
    }
    return Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []))
  }

  accept(link: Link, visitId: string): ServerEnd | undefined {
    if (!this.#isReady) return undefined
    const socket = this.#socket(link, visitId, () => closed())
    const connection = this.#outbound.connect(
      socket.id,
      {
        isReady: () => link.isShort,
        write: (packet) => link.tell(...(decoded(packet) as [name: string, payload: unknown])),
        cut: () => link.drop(),
      },
      () => socket.rooms,
    )
    socket.data.outbound = connection
    this.#sockets.set(socket.id, socket)
    const closed = () => {
      if (!this.#sockets.delete(socket.id)) return
      socket.connected = false
      this.#leave(socket)
      this.#outbound.disconnect(socket.id)
    }
    return {
      command: (name, payload, answer) => {
        void this.#execute(socket, name, payload)
          .then((result) => (name === 'document.open' ? this.#withState(result) : result))
          .then((result) => connection.answer(() => answer(result)))
      },
      drained: () => connection.serve(),
      closed,
    }
  }

  /** What a tab fetches over HTTP comes with the answer here. */
  async #withState(result: Result<unknown>): Promise<Result<unknown>> {
    if (!result.ok) return result
    const opening = result.value as DocumentOpening
    if ('update' in opening) return result
    const { bulk: _bulk, ...opened } = opening
    const { updates, ...state } = await this.documents.state(opening.fileId)
    return { ok: true, value: { ...opened, ...state, update: Y.mergeUpdates(updates) } }
  }

  /** What the rooms use of a Socket.IO socket. */
  #socket(link: Link, visitId: string, close: () => void): FlintSocket {
    const rooms = new Set<string>()
    const socket = {
      id: `socket-${(this.#connections += 1)}`,
      connected: true,
      data: { visitId, joining: Promise.resolve(), openFileIds: new Set<string>() },
      rooms,
      join: (names: string | string[]) => {
        for (const name of [names].flat()) rooms.add(name)
      },
      leave: (name: string) => rooms.delete(name),
      emit: (name: string, payload: unknown) => link.tell(name, payload),
      disconnect: () => {
        link.dismiss()
        close()
      },
    }
    return socket as unknown as FlintSocket
  }
}
