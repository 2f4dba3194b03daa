import { z } from 'zod'
import { command, id } from './command.ts'
import { limits } from './limits.ts'
import { linkRoles, type LinkInfo } from './links.ts'
import { roles } from './roles.ts'

const hourMs = 3_600_000
type Nothing = Record<string, never>
/** `secret` is told this once. */
type NewLink = { link: LinkInfo; secret: string }

/** Who may come in, and as what. */
export const sharingCommands = {
  'link.create': command(
    'owner',
    z.strictObject({
      role: z.enum(linkRoles),
      label: z.string().trim().max(limits.nameLength),
      expiresInMs: z
        .number()
        .int()
        .min(hourMs)
        .max(366 * 24 * hourMs),
      maxUses: z.number().int().positive().max(1_000).optional(),
    }),
  ).replies<NewLink>(),
  /** It lets nobody in any more; `removePeople` also removes who came through it. */
  'link.revoke': command('owner', z.strictObject({ linkId: id, removePeople: z.boolean() })).replies<{ removed: string[] }>(),
  /** Revokes a link and makes another one like it, which lives as long from now on and lets in as many as the old one still would. */
  'link.replace': command('owner', z.strictObject({ linkId: id })).replies<NewLink>(),

  'session.require-approval': command('owner', z.strictObject({ required: z.boolean() })).replies<Nothing>(),
  'participant.approve': command('owner', z.strictObject({ participantId: id })).replies<Nothing>(),
  'participant.decline': command('owner', z.strictObject({ participantId: id })).replies<Nothing>(),
  'participant.set-role': command('owner', z.strictObject({ participantId: id, role: z.enum(roles) })).replies<Nothing>(),
  /** `replaceLink`: so that the link they came through does not let them in again; the reply holds the new one. */
  'participant.remove': command('owner', z.strictObject({ participantId: id, replaceLink: z.boolean() })).replies<
    Partial<NewLink>
  >(),
  /** Oneself. */
  'participant.rename': command(
    'viewer',
    z.strictObject({ name: z.string().min(1).max(limits.personNameLength) }),
  ).replies<Nothing>(),

  /** A code with which this owner comes back from any browser. The one before it is void. */
  'recovery.renew': command('owner', z.strictObject({})).replies<{ code: string }>(),
} as const
