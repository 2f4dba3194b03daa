import { baseHandlers } from './base-handlers.ts'
import type { Handlers } from './connection.ts'
import { createDocumentHandlers } from './document-handlers.ts'
import { createMessageHandlers } from './message-handlers.ts'
import { createQueueHandlers } from './queue-handlers.ts'
import { CommandRefused } from './failure-of.ts'
import { presenceHandlers } from './presence-handlers.ts'
import { reviewHandlers } from './review-handlers.ts'
import type { Rooms } from './rooms.ts'
import { sharingHandlers } from './sharing-handlers.ts'
import { treeHandlers } from './tree-handlers.ts'

/** One handler per command. Payloads are parsed and roles checked before a handler runs; it checks what belongs to whom. */
export function createHandlers({ sessions, documents, turns, presences, messages, reviews }: Rooms): Handlers {
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

    ...createDocumentHandlers({ sessions, documents, turns }),

    ...treeHandlers(sessions),

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
    ...createQueueHandlers(turns),
    ...createMessageHandlers(messages),
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

    ...presenceHandlers({ sessions, presences }),
    ...reviewHandlers(reviews),
    ...baseHandlers(sessions),
    ...sharingHandlers(sessions),
  }
}
