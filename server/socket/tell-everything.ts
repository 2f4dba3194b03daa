import type { FlintSocket } from './connection.ts'
import type { Outbound } from './outbound/outbound.ts'
import type { Rooms } from './rooms.ts'
import { tellEvents } from './tell-events.ts'
import { tellMessages } from './tell-messages.ts'
import { tellPresence } from './tell-presence.ts'
import { tellReview } from './tell-review.ts'
import { tellSharing } from './tell-sharing.ts'

/** Tells the rooms' events to whom they concern. `sockets`: all connections there are. Returns its undo. */
export function tellEverything(
  outbound: Outbound,
  rooms: Rooms,
  connections: { sockets: () => Iterable<FlintSocket>; leave: (socket: FlintSocket) => void },
): () => void {
  const { sessions, documents, turns, presences, messages, reviews } = rooms
  const undo = [
    tellEvents(outbound, { sessions, documents, turns }),
    tellPresence(outbound, presences),
    tellMessages(outbound, messages),
    tellReview(outbound, reviews),
    tellSharing(outbound, { sessions, ...connections }),
  ]
  return () => {
    for (const stop of undo) stop()
  }
}
