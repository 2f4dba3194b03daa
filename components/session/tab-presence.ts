import type { Payload } from '#protocol/commands.ts'
import type { PresenceSnapshot } from '#protocol/presence.ts'
import type { Clock } from './clock.ts'
import type { Connection, ConnectionOptions } from './connection.ts'
import { OwnPresence } from './own-presence.ts'
import { PeopleFeed } from './people-feed.ts'
import type { Whereabouts } from './whereabouts.ts'

/** Both directions of presence: what this tab tells of itself, and what it is told of the others. */
export class TabPresence {
  readonly own: OwnPresence
  readonly people: PeopleFeed

  constructor({
    clock,
    request,
    onPlaces,
  }: {
    clock: Clock
    request: Connection['request']
    onPlaces: (places: Whereabouts[]) => void
  }) {
    this.people = new PeopleFeed({ clock, onPlaces })
    // Its Uint8Arrays are narrower ones.
    this.own = new OwnPresence({ clock, send: (place) => request('presence.set', place as Payload<'presence.set'>) })
  }

  joined(snapshot: PresenceSnapshot) {
    this.people.joined(snapshot)
    this.own.tell()
  }

  /**
   * Whether the event is one of presence. Those are taken as they come: the snapshot of a join is never older than what came before
   * it, and what is drawn waits for its frame elsewhere.
   */
  receive(event: Parameters<ConnectionOptions['onEvent']>[0]): boolean {
    switch (event.name) {
      case 'presence.changed':
        this.people.changed(event.payload)
        return true
      case 'presence.gathering':
        this.people.gathering(event.payload)
        return true
      case 'presence.asked':
        this.own.tell()
        return true
      default:
        return false
    }
  }

  close() {
    this.own.close()
    this.people.close()
  }
}
