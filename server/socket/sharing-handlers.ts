import type { Sessions } from '#sessions/sessions.ts'
import type { Command } from '#protocol/commands.ts'
import type { sharingCommands } from '#protocol/sharing-commands.ts'
import type { Handlers } from './connection.ts'

type SharingHandlers = Pick<Handlers, keyof typeof sharingCommands & Command>

export function sharingHandlers(sessions: Sessions): SharingHandlers {
  return {
    'link.create': async ({ sessionId, participant }, { maxUses, ...link }) =>
      sessions.createLink(sessionId, participant.participantId, { ...link, ...(maxUses === undefined ? {} : { maxUses }) }),
    'link.revoke': async ({ sessionId }, { linkId, removePeople }) => ({
      removed: await sessions.revokeLink(sessionId, linkId, { removePeople }),
    }),
    'link.replace': async ({ sessionId, participant }, { linkId }) =>
      sessions.replaceLink(sessionId, linkId, participant.participantId),

    'session.require-approval': async ({ sessionId }, { required }) => {
      await sessions.requireApproval(sessionId, required)
      return {}
    },
    'participant.approve': async ({ sessionId }, { participantId }) => {
      await sessions.answerJoiner(sessionId, participantId, 'approve')
      return {}
    },
    'participant.decline': async ({ sessionId }, { participantId }) => {
      await sessions.answerJoiner(sessionId, participantId, 'decline')
      return {}
    },
    'participant.set-role': async ({ sessionId }, { participantId, role }) => {
      await sessions.setRole(sessionId, participantId, role)
      return {}
    },
    'participant.remove': async ({ sessionId, participant }, { participantId, replaceLink }) =>
      (await sessions.removeParticipant(
        sessionId,
        participantId,
        replaceLink ? { replaceLinkBy: participant.participantId } : {},
      )) ?? {},
    'participant.rename': async ({ sessionId, participant }, { name }) => {
      await sessions.renameParticipant(sessionId, participant.participantId, name)
      return {}
    },

    'recovery.renew': async ({ sessionId, participant }) => ({
      code: await sessions.renewRecovery(sessionId, participant.participantId),
    }),
  }
}
