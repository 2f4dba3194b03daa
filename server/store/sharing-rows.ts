import type { Insertable, Selectable } from 'kysely'
import type { Schema } from './schema.ts'
import type { StoredLink, StoredParticipant } from './store.ts'

export function participantOf(row: Selectable<Schema['participant']>): StoredParticipant {
  return {
    participantId: row.participant_id,
    visitId: row.visit_id,
    name: row.name,
    role: row.role,
    colour: row.colour,
    standing: row.standing,
    joinedAt: row.joined_at,
    ...(row.link_id === null ? {} : { linkId: row.link_id }),
    ...(row.guest === 0 ? {} : { guest: true as const }),
    ...(row.role_held === 0 ? {} : { roleHeld: true as const }),
    ...(row.recovery_hash === null ? {} : { recoveryHash: row.recovery_hash }),
  }
}

export function participantRow(sessionId: string, person: StoredParticipant): Insertable<Schema['participant']> {
  return {
    participant_id: person.participantId,
    session_id: sessionId,
    visit_id: person.visitId,
    name: person.name,
    role: person.role,
    colour: person.colour,
    opened_at: person.joinedAt,
    standing: person.standing,
    joined_at: person.joinedAt,
    link_id: person.linkId ?? null,
    guest: Number(person.guest === true),
    role_held: Number(person.roleHeld === true),
    recovery_hash: person.recoveryHash ?? null,
  }
}

export function linkOf(row: Selectable<Schema['link']>): StoredLink {
  return {
    linkId: row.link_id,
    secretHash: row.secret_hash,
    role: row.role,
    label: row.label,
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    uses: row.uses,
    ...(row.max_uses === null ? {} : { maxUses: row.max_uses }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  }
}

export function linkRow(sessionId: string, link: StoredLink): Insertable<Schema['link']> {
  return {
    link_id: link.linkId,
    session_id: sessionId,
    secret_hash: link.secretHash,
    role: link.role,
    label: link.label,
    created_by: link.createdBy,
    created_at: link.createdAt,
    expires_at: link.expiresAt,
    max_uses: link.maxUses ?? null,
    uses: link.uses,
    last_used_at: link.lastUsedAt ?? null,
    revoked_at: link.revokedAt ?? null,
  }
}
