import type { Role } from './roles.ts'

/** What a link may grant. An owner is made by an owner, by hand. */
export const linkRoles = ['viewer', 'reviewer', 'editor'] as const
export type LinkRole = (typeof linkRoles)[number]

/** A link as owners see it. Its secret was shown once; the server keeps only a hash of it. */
export type LinkInfo = {
  linkId: string
  role: LinkRole
  /** For the owners: who it was made for. May be empty. */
  label: string
  /** The owner who made it. */
  createdBy: string
  createdAt: number
  expiresAt: number
  /** How many people it lets in; absent where there is no limit. */
  maxUses?: number
  /** How many it has let in, or let wait for approval. */
  uses: number
  lastUsedAt?: number
  revokedAt?: number
}

/** Somebody who waits for an owner to let them in. */
export type Joiner = { participantId: string; name: string; role: Role; askedAt: number }

/** What owners, and only they, are told about who may come in. */
export type Sharing = {
  /** Newest first, also those that let nobody in any more. */
  links: LinkInfo[]
  /** In the order in which they asked. */
  joiners: Joiner[]
  /** By participant: the link they came through. */
  cameThrough: Record<string, string>
  /** Owners who have a recovery code. */
  recoverable: string[]
}
