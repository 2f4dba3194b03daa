import type { Server } from 'socket.io'
import type { Documents } from '#documents/documents.ts'
import type { ClientToServerEvents, ServerToClientEvents } from '#protocol/events.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns } from '#turns/turns.ts'
import { sessionRoom } from './join.ts'
import { toWire } from './wire-bytes.ts'

/** Tells the domain rooms' events to the connections of their session. Returns its undo. */
export function tellEvents(
  io: Server<ClientToServerEvents, ServerToClientEvents>,
  { sessions, documents, turns }: { sessions: Sessions; documents: Documents; turns: Turns },
): () => void {
  const undo = [
    documents.onCommitted(({ sessionId, fileId, seq, pushId, update, hunkEvents }) => {
      const told = {
        fileId,
        seq,
        ...(pushId === undefined ? {} : { pushId }),
        ...(update === undefined ? {} : { update }),
        ...(hunkEvents === undefined ? {} : { hunkEvents }),
      }
      io.to(sessionRoom(sessionId)).emit('document.updated', toWire(told))
    }),
    sessions.onEvent((event) => {
      switch (event.type) {
        case 'updated':
          io.to(sessionRoom(event.session.sessionId)).emit('session.updated', event.session)
          break
        case 'deleted':
          io.to(sessionRoom(event.sessionId)).emit('session.deleted', {})
          break
        case 'tree':
          io.to(sessionRoom(event.sessionId)).emit('tree.changed', { changed: event.changed, removed: event.removed })
          break
      }
    }),
    turns.onEvent((event) => {
      const room = io.to(sessionRoom(event.sessionId))
      switch (event.type) {
        case 'started':
          room.emit('turn.started', toWire(event.turn))
          break
        case 'status':
          room.emit('turn.status', event.status)
          break
        case 'hunks':
          room.emit('hunks.changed', toWire({ hunkEvents: event.hunkEvents }))
          break
        case 'rolledBack':
          room.emit('turns.rolled-back', { turnIds: event.turnIds })
          break
        case 'ended':
          // Each viewer is told by its own cursor, after its last frame.
          break
      }
    }),
  ]
  return () => {
    for (const stop of undo) stop()
  }
}
