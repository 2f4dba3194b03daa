import type { Documents } from '#documents/documents.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns } from '#turns/turns.ts'
import { documentRoom } from './document-room.ts'
import type { Outbound } from './outbound/outbound.ts'

/** Tells the domain rooms' events to the connections of their session. Returns its undo. */
export function tellEvents(
  outbound: Outbound,
  { sessions, documents, turns }: { sessions: Sessions; documents: Documents; turns: Turns },
): () => void {
  const undo = [
    documents.onCommitted(({ sessionId, fileId, seq, pushId, update, hunkEvents }) => {
      outbound.tellDocument(sessionId, {
        fileId,
        afterSeq: seq - 1,
        seq,
        ...(pushId === undefined ? {} : { pushIds: [pushId] }),
        ...(update === undefined ? {} : { update }),
        ...(hunkEvents === undefined ? {} : { hunkEvents }),
      })
    }),
    documents.onHead(({ sessionId, fileId, seq, hash }) => {
      outbound.tell(sessionId, 'document.head', { fileId, seq, hash }, { only: documentRoom(fileId) })
    }),
    sessions.onEvent((event) => {
      switch (event.type) {
        case 'updated':
          outbound.tell(event.session.sessionId, 'session.updated', event.session)
          break
        case 'deleted':
          outbound.tell(event.sessionId, 'session.deleted', {})
          break
        case 'tree':
          outbound.tell(event.sessionId, 'tree.changed', event.change)
          break
        case 'bases':
          outbound.tell(event.sessionId, 'bases.changed', { bases: event.bases })
          break
        case 'people':
        case 'sharing':
        case 'access':
          // tell-sharing.ts
          break
      }
    }),
    turns.onEvent((event) => {
      switch (event.type) {
        case 'started':
          outbound.tell(event.sessionId, 'turn.started', event.turn)
          break
        case 'status':
          outbound.tell(event.sessionId, 'turn.status', event.status)
          break
        case 'queued':
          outbound.tell(event.sessionId, 'turns.queued', { numbers: event.numbers })
          break
        case 'hunks':
          outbound.tell(event.sessionId, 'hunks.changed', { hunkEvents: event.hunkEvents })
          break
        case 'rolledBack':
          outbound.tell(event.sessionId, 'turns.rolled-back', { turnIds: event.turnIds })
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
