import { z } from 'zod'
import { limits } from './limits.ts'
import type { LinkRole, Sharing } from './links.ts'
import type { Role } from './roles.ts'
import type { Participant } from './sessions.ts'

/** What is told of people and links. */
export type SharingEvents = {
  /** People who came, were renamed, got another role or were removed; each as they are now. */
  'participants.changed': { changed: Participant[] }
  /** To owners only. */
  'sharing.changed': Sharing
  /**
   * The last event on a connection whose person got another role (`role`: join again), or has no access any more (`removed`), or came
   * back in another browser by their recovery code (`moved`).
   */
  'access.changed': { why: 'role' | 'removed' | 'moved' }
}

const secret = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/)

/** POST /api/sessions/:id/link: what a link would grant. Uses nothing up. */
export const lookBody = z.strictObject({ secret })
export type LinkLook = {
  sessionName: string
  role: LinkRole
  /** An owner has to let joiners in. */
  approval: boolean
  /** Where this browser is in the session already. */
  you?: { name: string; role: Role }
}

/** POST /api/sessions/:id/join: exchanges the secret for a place in the session. `name` may be absent for who is known there. */
export const joinBody = z.strictObject({ secret, name: z.string().min(1).max(limits.personNameLength).optional() })

/** Where a browser stands with a session that it has asked to join. */
export const standings = ['member', 'waiting', 'declined', 'removed'] as const
export type Standing = (typeof standings)[number]

/** Also GET /api/sessions/:id/standing. */
export type StandingReply = { standing: Standing }

/** POST /api/recover: makes this browser the owner that the code belongs to. The code is used up; the reply holds the next one. */
export const recoverBody = z.strictObject({ code: z.string().min(1).max(100) })
export type Recovered = { sessionId: string; sessionName: string; code: string }
