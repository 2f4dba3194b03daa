import type { ServerEvents } from '#protocol/events.ts'
import type { Presence, PresenceSnapshot } from '#protocol/presence.ts'
import type { Clock } from './clock.ts'
import { sameWhereabouts, whereaboutsOf, type Whereabouts } from './whereabouts.ts'

/** Nobody follows with their eyes faster than this who is where. */
const placesMs = 250

export type Gathering = ServerEvents['presence.gathering']

/**
 * Where everybody is, as the server tells it. Cursors move many times a second, so they have subscribers of their own who draw them
 * without React; only who is in which file and line goes into the state, and more slowly.
 */
export class PeopleFeed {
  /** This tab's own connection. */
  connectionId: string | null = null
  private readonly clock: Clock
  private readonly onPlaces: (places: Whereabouts[]) => void
  /** Who was heard of last is last. */
  private readonly present = new Map<string, Presence>()
  private readonly listeners = new Set<() => void>()
  private readonly gatherers = new Set<(gathering: Gathering) => void>()
  private places: Whereabouts[] = []
  private cancelPlaces: (() => void) | undefined

  constructor(options: { clock: Clock; onPlaces: (places: Whereabouts[]) => void }) {
    this.clock = options.clock
    this.onPlaces = options.onPlaces
  }

  /** Everyone else's cursors in a file, and those of one's own other tabs. */
  inFile(fileId: string): Presence[] {
    return [...this.present.values()].filter(
      (presence) => presence.fileId === fileId && presence.connectionId !== this.connectionId,
    )
  }

  /** A person's latest place. */
  of(participantId: string): Presence | undefined {
    const place = whereaboutsOf(this.present.values(), this.connectionId).find((each) => each.participantId === participantId)
    return place && this.present.get(place.connectionId)
  }

  /** Told of every move. Returns its undo. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Told when somebody asks everyone to come. Returns its undo. */
  onGathering(listener: (gathering: Gathering) => void): () => void {
    this.gatherers.add(listener)
    return () => this.gatherers.delete(listener)
  }

  joined({ connectionId, present }: PresenceSnapshot) {
    this.connectionId = connectionId
    this.present.clear()
    for (const presence of present) this.present.set(presence.connectionId, presence)
    this.tellPlaces()
    this.tell()
  }

  changed({ changed, gone }: ServerEvents['presence.changed']) {
    const count = this.present.size
    for (const presence of changed) {
      this.present.delete(presence.connectionId)
      this.present.set(presence.connectionId, presence)
    }
    for (const connectionId of gone) this.present.delete(connectionId)
    // Who comes and goes is seen at once.
    if (this.present.size !== count) this.tellPlaces()
    else this.cancelPlaces ??= this.clock.after(placesMs, () => this.tellPlaces())
    this.tell()
  }

  gathering(gathering: Gathering) {
    if (gathering.connectionId === this.connectionId) return
    for (const listener of this.gatherers) listener(gathering)
  }

  close() {
    this.cancelPlaces?.()
    this.cancelPlaces = undefined
  }

  private tell() {
    for (const listener of this.listeners) listener()
  }

  private tellPlaces() {
    this.cancelPlaces?.()
    this.cancelPlaces = undefined
    const places = whereaboutsOf(this.present.values(), this.connectionId).toSorted(byPerson)
    if (sameWhereabouts(places, this.places)) return
    this.places = places
    this.onPlaces(places)
  }
}

/** An order that does not change with who moved last. */
function byPerson(one: Whereabouts, other: Whereabouts): number {
  return one.participantId < other.participantId ? -1 : 1
}
