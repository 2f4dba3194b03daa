import type { ServerEvent, ServerEvents } from '#protocol/events.ts'
import { packetOf, type Packet } from './packet.ts'
import type { SessionFeeds } from './session-feeds.ts'
import type { Wire } from './wire.ts'

/** Answers that wait for a slow reader; a browser has fewer commands in flight than that. */
const mostAnswers = 128
/** An answer waits for what was told before it, unless that is more than this many rows and events. */
const mostBeforeAnswer = 32

type Answer = { send: () => void; documents: number; events: number }
/** How far a connection has read each of its session's feeds. */
export type Cursors = { documents: number; events: number; presence: number }
type Joined = Cursors & { feeds: SessionFeeds; onIdle: () => void }

/**
 * What one connection is still to be told, most urgent first: answers, rows of documents, other events; when nothing of that waits its
 * owner sends turn frames, and between those who is where. Everything but the answers is a number: how far this connection has read what all of the session share.
 */
export class OutboundConnection {
  readonly #wire: Wire
  readonly #rooms: () => ReadonlySet<string>
  readonly #monotonicMs: () => number
  readonly #serveSoon: (connection: OutboundConnection) => void
  readonly #answers: Answer[] = []
  #joined: Joined | undefined
  #readyAtMs: number

  constructor(options: {
    wire: Wire
    /** Where the connection is, at any time. */
    rooms: () => ReadonlySet<string>
    monotonicMs: () => number
    serveSoon: (connection: OutboundConnection) => void
  }) {
    this.#wire = options.wire
    this.#rooms = options.rooms
    this.#monotonicMs = options.monotonicMs
    this.#serveSoon = options.serveSoon
    this.#readyAtMs = options.monotonicMs()
  }

  /** From now on this connection is told what the session is told. */
  join(feeds: SessionFeeds): void {
    const { documents, events, presence } = feeds
    this.#joined = { feeds, documents: documents.end, events: events.end, presence: presence.end, onIdle: () => {} }
  }

  /** Returns what it read until now. */
  leave(): SessionFeeds | undefined {
    const feeds = this.#joined?.feeds
    this.#joined = undefined
    // What they waited for was counted in the feeds that this connection read; other feeds begin elsewhere.
    for (const answer of this.#answers) answer.documents = answer.events = 0
    return feeds
  }

  /** Called whenever nothing more urgent waits and the wire is ready. */
  set onIdle(onIdle: () => void) {
    if (this.#joined !== undefined) this.#joined.onIdle = onIdle
  }

  get cursors(): Cursors | undefined {
    return this.#joined
  }

  /** Whether something that is less urgent than rows and events may be written now. */
  get isIdle(): boolean {
    return this.#wire.isReady() && this.#answers.length === 0 && !this.#isBehind()
  }

  /** `send` writes an answer; called in the order of the answers, when it is due. */
  answer(send: () => void): void {
    // Whoever asks on and on and never reads is cut off: answers are all that would wait here without bound.
    if (this.#answers.length >= mostAnswers) return this.#wire.cut()
    const { feeds } = this.#joined ?? {}
    this.#answers.push({ send, documents: feeds?.documents.end ?? 0, events: feeds?.events.end ?? 0 })
    this.#serveSoon(this)
  }

  /** Tells this connection alone. */
  tell<E extends ServerEvent>(event: E, payload: ServerEvents[E]): void {
    this.answer(() => this.#wire.write(packetOf(event, payload)))
  }

  /** Writes a turn frame or its like, while `isIdle`. */
  write(packet: Packet): void {
    this.#wire.write(packet)
  }

  /** Writes what is due for as long as the wire takes it. */
  serve(): void {
    while (this.#wire.isReady()) {
      this.#readyAtMs = this.#monotonicMs()
      if (this.#isAnswerDue()) this.#answers.shift()?.send()
      else if (!this.#writeBatch('documents') && !this.#writeBatch('events')) break
    }
    if (this.isIdle) this.#joined?.onIdle()
    if (this.isIdle) this.#writeBatch('presence')
  }

  /** How long the wire has taken nothing; ms. */
  stalledMs(): number {
    const nowMs = this.#monotonicMs()
    if (this.#wire.isReady()) this.#readyAtMs = nowMs
    return nowMs - this.#readyAtMs
  }

  /** The connection is about to be closed: writes what it is still to be answered. */
  finish(): void {
    for (const { send } of this.#answers.splice(0)) send()
  }

  cut(): void {
    this.#wire.cut()
  }

  #isBehind(): boolean {
    const joined = this.#joined
    return joined !== undefined && (joined.documents < joined.feeds.documents.end || joined.events < joined.feeds.events.end)
  }

  #isAnswerDue(): boolean {
    const [answer] = this.#answers
    if (answer === undefined) return false
    if (this.#joined === undefined) return true
    const { documents, events } = this.#joined
    const before = Math.max(0, answer.documents - documents) + Math.max(0, answer.events - events)
    return before === 0 || before > mostBeforeAnswer
  }

  /** Whether there was something to write. */
  #writeBatch(feed: keyof Cursors): boolean {
    const joined = this.#joined
    const batch = joined?.feeds[feed].take(joined[feed], this.#rooms())
    if (joined === undefined || batch === undefined) return false
    joined[feed] = batch.next
    for (const packet of batch.packets) this.#wire.write(packet)
    return true
  }
}
