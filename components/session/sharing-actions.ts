import type { Command, Payload, Reply } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'
import type { Role } from '#protocol/roles.ts'
import type { Connection } from './connection.ts'

type Answer<C extends Command> = Promise<Result<Reply<C>>>

/** What owners can do about who comes in; what changed arrives as events. */
export type SharingActions = {
  createLink(link: Payload<'link.create'>): Answer<'link.create'>
  revokeLink(linkId: string, options: { removePeople: boolean }): Answer<'link.revoke'>
  replaceLink(linkId: string): Answer<'link.replace'>
  requireApproval(required: boolean): Answer<'session.require-approval'>
  /** Lets reviewers ask the assistant, or not. */
  allowAsking(reviewersMayAsk: boolean): Answer<'review.allow-asking'>
  approveJoiner(participantId: string): Answer<'participant.approve'>
  declineJoiner(participantId: string): Answer<'participant.decline'>
  setRole(participantId: string, role: Role): Answer<'participant.set-role'>
  removePerson(participantId: string, options: { replaceLink: boolean }): Answer<'participant.remove'>
  renewRecovery(): Answer<'recovery.renew'>
  /** Anybody: one's own name. */
  renameMyself(name: string): Answer<'participant.rename'>
}

export function sharingActions({ request }: Pick<Connection, 'request'>): SharingActions {
  return {
    createLink: (link) => request('link.create', link),
    revokeLink: (linkId, options) => request('link.revoke', { linkId, ...options }),
    replaceLink: (linkId) => request('link.replace', { linkId }),
    requireApproval: (required) => request('session.require-approval', { required }),
    allowAsking: (reviewersMayAsk) => request('review.allow-asking', { reviewersMayAsk }),
    approveJoiner: (participantId) => request('participant.approve', { participantId }),
    declineJoiner: (participantId) => request('participant.decline', { participantId }),
    setRole: (participantId, role) => request('participant.set-role', { participantId, role }),
    removePerson: (participantId, options) => request('participant.remove', { participantId, ...options }),
    renewRecovery: () => request('recovery.renew', {}),
    renameMyself: (name) => request('participant.rename', { name }),
  }
}
