import type { ServerEvent, ServerEvents } from '#protocol/events.ts'
import type { Batch, Feed } from './feed.ts'
import { packetOf, type Packet } from './packet.ts'
import { SharedLog } from './shared-log.ts'

const bounds = { entries: 1_000, bytes: 1_000_000 }
const packetsPerBatch = 8

/** Connections that are told something, by the rooms they are in: all of the session, unless it says less. */
export type Audience = { only?: string; except?: readonly string[] }

type Entry = { packet: Packet; audience: Audience | undefined; bytes: number }

/** A session's events but documents, turn frames and presence, in their order. A reader that is too far behind joins again. */
export class EventFeed implements Feed {
  readonly #log = new SharedLog<Entry>(bounds)
  readonly #joinAgain: Packet = packetOf('session.behind', {})

  get end(): number {
    return this.#log.end
  }

  tell<E extends ServerEvent>(event: E, payload: ServerEvents[E], audience?: Audience): void {
    const packet = packetOf(event, payload)
    this.#log.append({ packet, audience, bytes: packet.byteLength })
  }

  take(cursor: number, rooms: ReadonlySet<string>): Batch | undefined {
    if (cursor >= this.#log.end) return undefined
    // What is in the log is in the snapshot too that this one asks for next.
    if (cursor < this.#log.first) return { packets: [this.#joinAgain], next: this.#log.end }
    const packets: Packet[] = []
    let next = cursor
    for (const { packet, audience } of this.#log.from(cursor)) {
      next += 1
      if (audience === undefined || isFor(audience, rooms)) packets.push(packet)
      if (packets.length === packetsPerBatch) break
    }
    return { packets, next }
  }

  forget(cursor: number): void {
    this.#log.forget(cursor)
  }
}

function isFor({ only, except = [] }: Audience, rooms: ReadonlySet<string>): boolean {
  return (only === undefined || rooms.has(only)) && !except.some((room) => rooms.has(room))
}
