import type { Presences } from '#sessions/presence.ts'
import type { Outbound } from './outbound/outbound.ts'

/** Tells who is where to the connections of their session. Returns its undo. */
export function tellPresence(outbound: Outbound, presences: Presences): () => void {
  return presences.onEvent((event) => {
    switch (event.type) {
      case 'changed':
        outbound.tellPresence(event.sessionId, event)
        break
      case 'gathering':
        outbound.tell(event.sessionId, 'presence.gathering', event.gathering)
        break
      case 'asked':
        outbound.connection(event.connectionId)?.tell('presence.asked', {})
        break
    }
  })
}
