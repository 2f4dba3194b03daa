import type { DocumentRange } from '#protocol/documents.ts'
import type { ServerEvent, ServerEvents } from '#protocol/events.ts'
import type { Presence } from '#protocol/presence.ts'
import type { Audience } from './event-feed.ts'
import { OutboundConnection } from './outbound-connection.ts'
import { SessionFeeds } from './session-feeds.ts'
import type { Wire } from './wire.ts'

/** A connection that takes nothing for so long is cut; its tab comes back and asks for what it lacks. */
const longestStallMs = 30_000

export type OutboundOptions = {
  monotonicMs: () => number
  /** Runs something when what has come in together is dealt with. */
  soon: (run: () => void) => void
}

/** Everything that the server tells of its own accord goes through here, so that nobody's slow connection holds up another. */
export class Outbound {
  readonly #options: OutboundOptions
  readonly #sessions = new Map<string, SessionFeeds>()
  readonly #connections = new Map<string, OutboundConnection>()
  readonly #dirty = new Set<SessionFeeds>()
  readonly #asked = new Set<OutboundConnection>()
  #isScheduled = false

  constructor(options: OutboundOptions) {
    this.#options = options
  }

  /** Tells the connections of the session, or those of them that are in some room. */
  tell<E extends ServerEvent>(sessionId: string, event: E, payload: ServerEvents[E], audience?: Audience): void {
    this.#change(sessionId, ({ events }) => events.tell(event, payload, audience))
  }

  /** Tells every connection of the session where others are now. */
  tellPresence(sessionId: string, change: { changed: readonly Presence[]; gone: readonly string[] }): void {
    this.#change(sessionId, ({ presence }) => presence.change(change))
  }

  /** Tells every connection of the session of committed rows; those of a file come in the order of their seqs. */
  tellDocument(sessionId: string, range: DocumentRange): void {
    this.#change(sessionId, ({ documents }) => documents.append(range))
  }

  /** `rooms`: where the connection is, at any time. */
  connect(connectionId: string, wire: Wire, rooms: () => ReadonlySet<string>): OutboundConnection {
    const connection = new OutboundConnection({
      wire,
      rooms,
      monotonicMs: this.#options.monotonicMs,
      serveSoon: (asking) => {
        this.#asked.add(asking)
        this.#schedule()
      },
    })
    this.#connections.set(connectionId, connection)
    return connection
  }

  connection(connectionId: string): OutboundConnection | undefined {
    return this.#connections.get(connectionId)
  }

  /** From now on the connection is told what the session is told. One that is told that already goes on where it is. */
  join(connection: OutboundConnection, sessionId: string): void {
    let feeds = this.#sessions.get(sessionId)
    if (feeds?.connections.has(connection) === true) return
    this.leave(connection)
    if (feeds === undefined) this.#sessions.set(sessionId, (feeds = new SessionFeeds(sessionId)))
    feeds.connections.add(connection)
    connection.join(feeds)
  }

  leave(connection: OutboundConnection): void {
    const feeds = connection.leave()
    feeds?.connections.delete(connection)
    if (feeds?.connections.size === 0) this.#sessions.delete(feeds.sessionId)
  }

  /** The connection is closed. */
  disconnect(connectionId: string): void {
    const connection = this.#connections.get(connectionId)
    if (connection !== undefined) this.leave(connection)
    this.#connections.delete(connectionId)
  }

  /** To be called every second or so: cuts connections that have stalled. Returns how many. */
  sweep(): number {
    const stalled = Array.from(this.#connections.values()).filter((connection) => connection.stalledMs() > longestStallMs)
    for (const connection of stalled) connection.cut()
    return stalled.length
  }

  #change(sessionId: string, change: (feeds: SessionFeeds) => void): void {
    const feeds = this.#sessions.get(sessionId)
    // Nobody of the session is here.
    if (feeds === undefined) return
    change(feeds)
    this.#dirty.add(feeds)
    this.#schedule()
  }

  /** Rows of one commit arrive one by one: they are sent together. */
  #schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#options.soon(() => this.#flush())
  }

  #flush(): void {
    this.#isScheduled = false
    const [dirty, asked] = [[...this.#dirty], [...this.#asked]]
    this.#dirty.clear()
    this.#asked.clear()
    for (const feeds of dirty) {
      for (const connection of feeds.connections) connection.serve()
      feeds.trim()
    }
    for (const connection of asked) connection.serve()
  }
}
