import type { Documents } from '#documents/documents.ts'
import type { Payload, Reply } from '#protocol/commands.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns, Viewer } from '#turns/turns.ts'
import type { FlintSocket } from './connection.ts'
import { CommandRefused } from './failure-of.ts'

export const sessionRoom = (sessionId: string) => `session:${sessionId}`

/** A connection whose buffer is longer than this is slow: its turn frames wait and grow. */
const shortWriteBuffer = 8

/**
 * Lets a connection into a session and draws the whole of it. It enters the room first, so that nothing that happens while the
 * snapshot is read is missed; folding an event that the snapshot already holds changes nothing.
 */
export function createJoin({ sessions, turns, documents }: { sessions: Sessions; turns: Turns; documents: Documents }) {
  const enter = async (
    socket: FlintSocket,
    { sessionId, cursors }: Payload<'session.join'>,
  ): Promise<Reply<'session.join'>> => {
    const participant = await sessions.participant(sessionId, socket.data.visitId)
    if (participant === undefined) throw new CommandRefused({ code: 'not_found' })
    leave(socket, documents)
    await socket.join(sessionRoom(sessionId))

    const [session, participants, files] = await Promise.all([
      sessions.info(sessionId),
      sessions.participants(sessionId),
      sessions.files(sessionId),
    ])
    if (session === undefined) throw new CommandRefused({ code: 'not_found' })
    await sessions.touch(sessionId, socket.data.visitId)

    // Nothing may be awaited between the snapshot and the watch: the frames continue exactly where the snapshot ends.
    const { turns: all, hunks } = await turns.snapshot(sessionId)
    // What is begun for a connection that went away meanwhile would never be ended.
    if (!socket.connected) throw new CommandRefused({ code: 'not_joined' })
    const held = new Map(cursors.map((cursor) => [cursor.turnId, cursor]))
    // Turns that have ended are whole in the snapshot; only what is still to come needs a cursor.
    const starts = all
      .filter((turn) => held.has(turn.turnId) || turn.status !== 'ended')
      .map(
        (turn) =>
          held.get(turn.turnId) ?? {
            turnId: turn.turnId,
            text: turn.text.length,
            reasoning: turn.reasoning.length,
            marks: turn.marks.length,
          },
      )
    const stopWatching = turns.watch(sessionId, viewerOf(socket), starts)
    socket.data.joined = { sessionId, participant, leave: stopWatching }

    return {
      session,
      you: participant,
      participants,
      files,
      turns: all.map((turn) => (held.has(turn.turnId) ? { ...turn, text: '', reasoning: '', marks: [] } : turn)),
      hunks,
      backends: turns.backends(),
      recordedPrompts: turns.recordedPrompts(session.sampleId),
    }
  }

  /** Joins of one connection come one after the other, so that each ends what the one before it began. */
  return (socket: FlintSocket, payload: Payload<'session.join'>): Promise<Reply<'session.join'>> => {
    const entered = socket.data.joining.then(() => enter(socket, payload))
    socket.data.joining = entered.catch(() => leave(socket, documents))
    return entered
  }
}

/** Ends what a join began: events and frames stop, documents that nobody else holds may be unloaded. Idempotent. */
export function leave(socket: FlintSocket, documents: Documents): void {
  const { joined, openFileIds } = socket.data
  for (const room of socket.rooms) if (room !== socket.id) void socket.leave(room)
  joined?.leave()
  delete socket.data.joined
  for (const fileId of openFileIds) documents.release(fileId)
  openFileIds.clear()
}

function viewerOf(socket: FlintSocket): Viewer {
  return {
    ready: () => {
      // Engine.IO's own queue is the only sign of a slow reader, and its type is private: ws hides the bytes behind it.
      const conn = socket.conn as unknown as { transport: { writable: boolean }; writeBuffer: unknown[] }
      return conn.transport.writable && conn.writeBuffer.length < shortWriteBuffer
    },
    frame: (frame) => socket.emit('turn.delta', frame),
    ended: (ended) => socket.emit('turn.ended', ended),
  }
}
