import type { Documents } from '#documents/documents.ts'
import { limits } from '#protocol/limits.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns } from '#turns/turns.ts'
import type { Caller, Handlers } from './connection.ts'
import { documentRoom } from './document-room.ts'
import { CommandRefused } from './failure-of.ts'

type DocumentHandlers = Pick<Handlers, Extract<keyof Handlers, `document.${string}`>>

export function createDocumentHandlers({
  sessions,
  documents,
  turns,
}: {
  sessions: Sessions
  documents: Documents
  turns: Pick<Turns, 'hunksOfFile' | 'offer'>
}): DocumentHandlers {
  const textFile = async ({ sessionId }: Caller, fileId: string): Promise<FileNode> => {
    const file = await sessions.file(sessionId, fileId)
    if (file === undefined) throw new CommandRefused({ code: 'not_found' })
    if (file.kind !== 'text') throw new CommandRefused({ code: 'not_text' })
    return file
  }

  return {
    'document.open': async (caller, { fileId, clientId, stateVector, epoch }) => {
      await textFile(caller, fileId)
      if (!caller.socket.connected) throw new CommandRefused({ code: 'not_joined' })
      const { participantId, role } = caller.participant
      const viewer = {
        participantId,
        role,
        ...(clientId === undefined ? {} : { clientId }),
        ...(stateVector === undefined ? {} : { stateVector }),
        ...(epoch === undefined ? {} : { epoch }),
      }
      const { update, ...opened } = await documents.openWithin(fileId, viewer, limits.answeredStateBytes)
      const { connected, data } = caller.socket
      const isThere = connected && data.joined?.sessionId === caller.sessionId
      if (!isThere || data.openFileIds.has(fileId)) documents.release(fileId)
      // What went away meanwhile has already released what it held, and nobody would take it out of the room again.
      if (!isThere) throw new CommandRefused({ code: 'not_joined' })
      data.openFileIds.add(fileId)
      await caller.socket.join(documentRoom(fileId))
      return update === undefined ? { fileId, ...opened, bulk: true } : { fileId, ...opened, update }
    },
    'document.close': async ({ socket }, { fileId }) => {
      await socket.leave(documentRoom(fileId))
      if (socket.data.openFileIds.delete(fileId)) documents.release(fileId)
      return {}
    },
    'document.push': async (caller, { fileId, ...push }) => {
      // What this connection has open was looked up then. That it has been deleted since, the document itself says.
      if (!caller.socket.data.openFileIds.has(fileId)) await textFile(caller, fileId)
      return documents.push(fileId, { participantId: caller.participant.participantId, ...push })
    },
    'document.rows': async (caller, { fileId, afterSeq }) => {
      await textFile(caller, fileId)
      const missed = await documents.rows(fileId, afterSeq)
      return missed.compacted ? missed : { ...missed, hunks: await turns.hunksOfFile(caller.sessionId, fileId) }
    },
    'document.offer': async (caller, { fileId, ...push }) => {
      const { path } = await textFile(caller, fileId)
      const { sessionId, participant } = caller
      return turns.offer({ sessionId, participantId: participant.participantId, fileId, path, ...push })
    },
    'document.mismatch': async (caller, { fileId, seq, hash }) => {
      await textFile(caller, fileId)
      documents.mismatched(fileId, { participantId: caller.participant.participantId, seq, hash })
      return {}
    },
  }
}
