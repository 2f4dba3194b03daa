import type { Documents } from '#documents/documents.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns } from '#turns/turns.ts'
import type { Caller, Handlers } from './connection.ts'
import { CommandRefused } from './failure-of.ts'

/** One handler per command. Payloads are parsed and roles checked before a handler runs; it checks what belongs to whom. */
export function createHandlers({
  sessions,
  documents,
  turns,
}: {
  sessions: Sessions
  documents: Documents
  turns: Turns
}): Handlers {
  const textFile = async ({ sessionId }: Caller, fileId: string) => {
    const file = await sessions.file(sessionId, fileId)
    if (file === undefined) throw new CommandRefused({ code: 'not_found' })
    if (file.kind !== 'text') throw new CommandRefused({ code: 'not_text' })
    return file
  }

  return {
    'session.rename': async ({ socket, sessionId }, { name }) => {
      await sessions.rename(socket.data.visitId, sessionId, name)
      return {}
    },
    'session.choose-model': async ({ sessionId }, { backendId, model }) => {
      const backend = turns.backends().find((candidate) => candidate.backendId === backendId)
      if (backend?.models.includes(model) !== true) throw new CommandRefused({ code: 'no_backend' })
      await sessions.chooseModel(sessionId, backendId, model)
      return {}
    },

    'document.open': async (caller, { fileId, clientId, stateVector }) => {
      await textFile(caller, fileId)
      const { participantId } = caller.participant
      const opened = await documents.open(fileId, {
        participantId,
        ...(clientId === undefined ? {} : { clientId }),
        ...(stateVector === undefined ? {} : { stateVector }),
      })
      const { openFileIds } = caller.socket.data
      // A connection that went away meanwhile has already released what it held.
      if (openFileIds.has(fileId) || !caller.socket.connected) documents.release(fileId)
      else openFileIds.add(fileId)
      return { fileId, ...opened }
    },
    'document.close': async ({ socket }, { fileId }) => {
      if (socket.data.openFileIds.delete(fileId)) documents.release(fileId)
      return {}
    },
    'document.push': async (caller, { fileId, pushId, update }) => {
      await textFile(caller, fileId)
      return documents.push(fileId, { participantId: caller.participant.participantId, pushId, update })
    },

    'file.create': async ({ sessionId }, { path }) => sessions.createFile(sessionId, path),
    'file.rename': async ({ sessionId }, { fileId, path }) => sessions.renameFile(sessionId, fileId, path),
    'file.delete': async ({ sessionId }, { fileId }) => {
      await sessions.deleteFile(sessionId, fileId)
      return {}
    },
    'folder.rename': async ({ sessionId }, { from, to }) => ({ files: await sessions.renameFolder(sessionId, from, to) }),
    'folder.delete': async ({ sessionId }, { path }) => ({ fileIds: await sessions.deleteFolder(sessionId, path) }),

    'turn.start': async ({ sessionId, participant }, { redirect, ...turn }) =>
      turns.start({
        sessionId,
        participantId: participant.participantId,
        prompt: turn.prompt,
        references: turn.references.map(({ fileId, fromLine, toLine }) => ({
          fileId,
          ...(fromLine === undefined ? {} : { fromLine }),
          ...(toLine === undefined ? {} : { toLine }),
        })),
        openFileIds: turn.openFileIds,
        ...(redirect === undefined ? {} : { redirect }),
      }),
    'turn.stop': async ({ sessionId }, { turnId }) => {
      await turns.stop(sessionId, turnId)
      return {}
    },
    'turn.again': async ({ sessionId, participant }, { turnId, how }) =>
      turns.again({ sessionId, participantId: participant.participantId, turnId, how }),
    'turn.inline': async ({ sessionId, participant }, { prompt, ...target }) =>
      turns.inline({ sessionId, participantId: participant.participantId, prompt, target }),
    'hunks.decide': async ({ sessionId, participant }, { hunkIds, decision }) =>
      turns.decide({ sessionId, participantId: participant.participantId, hunkIds, decision }),
    'hunks.apply': async ({ sessionId, participant }, { hunkId, candidate }) => {
      await turns.apply({ sessionId, participantId: participant.participantId, hunkId, candidate })
      return {}
    },
    'checkpoint.restore': async ({ sessionId, participant }, { turnId, files, chat }) =>
      turns.restore({ sessionId, participantId: participant.participantId, turnId, files, chat }),
  }
}
