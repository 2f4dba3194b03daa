import type { Sessions } from '#sessions/sessions.ts'
import type { FlintSocket } from './connection.ts'
import { ownersRoom } from './join.ts'
import type { Outbound } from './outbound/outbound.ts'

/** Tells who came and went, and ends connections whose person may do something else now than when they joined. Returns its undo. */
export function tellSharing(
  outbound: Outbound,
  {
    sessions,
    sockets,
    leave,
  }: { sessions: Sessions; sockets: () => Iterable<FlintSocket>; leave: (socket: FlintSocket) => void },
): () => void {
  return sessions.onEvent((event) => {
    switch (event.type) {
      case 'people':
        outbound.tell(event.sessionId, 'participants.changed', { changed: event.changed })
        break
      case 'sharing':
        outbound.tell(event.sessionId, 'sharing.changed', event.sharing, { only: ownersRoom(event.sessionId) })
        break
      case 'access':
        for (const socket of sockets()) {
          const { visitId, entering, joined } = socket.data
          if (visitId !== event.visitId || (entering ?? joined?.sessionId) !== event.sessionId) continue
          socket.emit('access.changed', { why: event.why })
          leave(socket)
          socket.disconnect(true)
        }
        break
      default:
    }
  })
}
