import type { Payload, Reply } from '#protocol/commands.ts'
import { permits } from '#protocol/roles.ts'
import type { Viewer } from '#turns/turns.ts'
import type { FlintSocket } from './connection.ts'
import { documentRoom } from './document-room.ts'
import { CommandRefused } from './failure-of.ts'
import type { Outbound } from './outbound/outbound.ts'
import type { OutboundConnection } from './outbound/outbound-connection.ts'
import type { Rooms } from './rooms.ts'
import { sharedPacketOf } from './outbound/packet.ts'

/** The tabs of one person in a session. */
export const personRoom = (sessionId: string, participantId: string) => `person:${sessionId}:${participantId}`
export const ownersRoom = (sessionId: string) => `owners:${sessionId}`

/** A snapshot may be large: those that a connection has not read yet are kept for it. */
const mostUnsentSnapshots = 4

type Joins = Rooms & { outbound: Outbound }

/**
 * Lets a connection into a session and draws the whole of it. It is told events first, so that nothing that happens while the
 * snapshot is read is missed; folding an event that the snapshot already holds changes nothing.
 */
export function createJoin({ sessions, turns, documents, presences, messages, reviews, outbound }: Joins) {
  const enter = async (
    socket: FlintSocket,
    { sessionId, cursors }: Payload<'session.join'>,
  ): Promise<Reply<'session.join'>> => {
    if (socket.data.unsentSnapshots >= mostUnsentSnapshots)
      throw new CommandRefused({ code: 'rate_limited', retryAfterMs: 1_000 })
    // What the connection has not read yet of the same session it still has to: what it has on the wire, folded over the snapshot, would be the last word.
    const stays = socket.data.joined?.sessionId === sessionId
    leave(socket, { documents, presences, outbound }, stays)
    // From here on, whoever takes this visit's role away ends the connection.
    socket.data.entering = sessionId
    const participant = await sessions.participant(sessionId, socket.data.visitId)
    if (participant === undefined) throw await outsider(sessionId, socket.data.visitId)
    const isOwner = permits(participant.role, 'owner')
    outbound.join(socket.data.outbound, sessionId)
    const person = personRoom(sessionId, participant.participantId)
    await socket.join(isOwner ? [person, ownersRoom(sessionId)] : person)

    const [session, participants, tree, newest, review, bases, sharing] = await Promise.all([
      sessions.info(sessionId),
      sessions.participants(sessionId),
      sessions.tree(sessionId),
      messages.newest(sessionId),
      reviews.snapshot(sessionId, participant.participantId),
      sessions.bases(sessionId),
      isOwner ? sessions.sharing(sessionId) : undefined,
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
    const watch = turns.watch(sessionId, viewerOf(socket.data.outbound), starts)
    socket.data.outbound.onIdle = () => watch.resume()
    socket.data.joined = { sessionId, participant, leave: () => watch.stop() }
    presences.set({ sessionId, connectionId: socket.id, participantId: participant.participantId })
    delete socket.data.entering

    return {
      session,
      you: participant,
      participants,
      ...(sharing === undefined ? {} : { sharing }),
      ...tree,
      turns: all.map((turn) => (held.has(turn.turnId) ? { ...turn, text: '', reasoning: '', marks: [] } : turn)),
      messages: newest,
      hunks,
      backends: turns.backends(),
      recordedPrompts: turns.recordedPrompts(session.sampleId),
      presence: { connectionId: socket.id, present: presences.of(sessionId) },
      review,
      bases,
    }
  }

  /** Why somebody who is no member may not enter; a stranger is told the same as if there were no such session. */
  const outsider = async (sessionId: string, visitId: string) => {
    const standing = await sessions.standing(sessionId, visitId)
    if (standing === 'waiting') return new CommandRefused({ code: 'awaiting_approval' })
    return new CommandRefused({ code: standing === 'declined' || standing === 'removed' ? standing : 'not_found' })
  }

  /** Joins of one connection come one after the other, so that each ends what the one before it began. */
  return (socket: FlintSocket, payload: Payload<'session.join'>): Promise<Reply<'session.join'>> => {
    const entered = socket.data.joining.then(() => enter(socket, payload))
    socket.data.joining = entered.catch(() => leave(socket, { documents, presences, outbound }))
    return entered
  }
}

/**
 * Ends what a join began: events and frames stop, documents that nobody else holds may be unloaded. Idempotent. `stays`: it joins the
 * same session again, and goes on reading what that is told.
 */
export function leave(
  socket: FlintSocket,
  { documents, presences, outbound }: Pick<Joins, 'documents' | 'presences' | 'outbound'>,
  stays = false,
): void {
  const { joined, openFileIds } = socket.data
  const left = stays ? Array.from(openFileIds, documentRoom) : [...socket.rooms].filter((room) => room !== socket.id)
  for (const room of left) void socket.leave(room)
  if (stays) socket.data.outbound.onIdle = () => {}
  else outbound.leave(socket.data.outbound)
  joined?.leave()
  presences.leave(socket.id)
  delete socket.data.joined
  delete socket.data.entering
  for (const fileId of openFileIds) documents.release(fileId)
  openFileIds.clear()
}

function viewerOf(connection: OutboundConnection): Viewer {
  return {
    ready: () => connection.isIdle,
    frame: (frame) => connection.write(sharedPacketOf('turn.delta', frame)),
    ended: (ended) => connection.write(sharedPacketOf('turn.ended', ended)),
  }
}
