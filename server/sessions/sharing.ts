import type { LinkInfo, LinkRole, Sharing as SharingInfo } from '#protocol/links.ts'
import type { Role } from '#protocol/roles.ts'
import type { Participant } from '#protocol/sessions.ts'
import type { LinkLook, Recovered, Standing } from '#protocol/sharing.ts'

/** What happened to the people and links of a session. */
export type SharingEvent =
  | { type: 'people'; sessionId: string; changed: Participant[] }
  /** For owners only. */
  | { type: 'sharing'; sessionId: string; sharing: SharingInfo }
  /** What a visit may do in the session is not what it was. */
  | { type: 'access'; sessionId: string; visitId: string; why: 'role' | 'removed' | 'moved' }

type NewLink = { link: LinkInfo; secret: string }

/** People, roles and links. Who may call what is checked by the caller; that the last owner stays, here. */
export interface Sharing {
  /** The participant behind a visit, or undefined where it may not enter. */
  participant(sessionId: string, visitId: string): Promise<Participant | undefined>
  /** Everybody who is or was in the session. */
  participants(sessionId: string): Promise<Participant[]>
  /** Undefined for a visit that never asked to come in, and where there is no such session. */
  standing(sessionId: string, visitId: string): Promise<Standing | undefined>
  sharing(sessionId: string): Promise<SharingInfo>

  createLink(
    sessionId: string,
    by: string,
    link: { role: LinkRole; label: string; expiresInMs: number; maxUses?: number },
  ): Promise<NewLink>
  /** Resolves with the ids of the people who were removed. */
  revokeLink(sessionId: string, linkId: string, options: { removePeople: boolean }): Promise<string[]>
  replaceLink(sessionId: string, linkId: string, by: string): Promise<NewLink>
  /** Rejects `not_found` for a wrong secret as for a session that does not exist; what is wrong with a link, only to who has its secret. */
  lookAtLink(sessionId: string, secret: string, visitId: string): Promise<LinkLook>
  enterThroughLink(sessionId: string, secret: string, visitId: string, name?: string): Promise<Standing>

  requireApproval(sessionId: string, required: boolean): Promise<void>
  answerJoiner(sessionId: string, participantId: string, answer: 'approve' | 'decline'): Promise<void>
  setRole(sessionId: string, participantId: string, role: Role): Promise<void>
  /** With `replaceLinkBy`, an owner, the link they came through is replaced, where it still lets people in. */
  removeParticipant(sessionId: string, participantId: string, options: { replaceLinkBy?: string }): Promise<NewLink | undefined>
  renameParticipant(sessionId: string, participantId: string, name: string): Promise<void>

  /** Gives an owner a new recovery code. */
  renewRecovery(sessionId: string, participantId: string): Promise<string>
  /** Makes the visit the owner whose code it is; the reply holds the next code. */
  recover(code: string, visitId: string): Promise<Recovered>
}
