import { isPosition } from '#documents/is-position.ts'
import { positionsOf } from '#protocol/presence-commands.ts'
import type { Presences } from '#sessions/presence.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Handlers } from './connection.ts'
import { CommandRefused } from './failure-of.ts'

/** Where people are. Who they are is the connection's, whatever a tab says. */
export function presenceHandlers({
  sessions,
  presences,
}: {
  sessions: Sessions
  presences: Presences
}): Pick<Handlers, 'presence.set' | 'presence.gather'> {
  return {
    'presence.set': async ({ socket, sessionId, participant: { participantId } }, place) => {
      if (!positionsOf(place).every(isPosition)) throw new CommandRefused({ code: 'invalid_payload', issues: ['no position'] })
      // Asked of the store once per file: this command comes with every move.
      if (place.fileId !== null && place.fileId !== presences.get(socket.id)?.fileId) {
        if ((await sessions.file(sessionId, place.fileId)) === undefined) throw new CommandRefused({ code: 'not_found' })
      }
      // The connection may have gone, or joined another session, while the store was asked.
      if (socket.data.joined?.sessionId !== sessionId) throw new CommandRefused({ code: 'not_joined' })
      presences.set({ sessionId, connectionId: socket.id, participantId }, place)
      return {}
    },
    'presence.gather': async ({ socket }) => {
      if (!presences.gather(socket.id)) throw new CommandRefused({ code: 'not_found' })
      return {}
    },
  }
}
