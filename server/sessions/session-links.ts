import { limits } from '#protocol/limits.ts'
import { permits, type Role } from '#protocol/roles.ts'
import type { Store, StoredLink, StoredParticipant } from '#store/store.ts'
import { freeName, linkInfo, type Roster } from './roster.ts'
import { hashSecret, newSecret, sameHash } from './secrets.ts'
import { SessionFailure } from './sessions.ts'
import type { Sharing } from './sharing.ts'

type Links = Pick<Sharing, 'createLink' | 'replaceLink' | 'lookAtLink' | 'enterThroughLink'>

/** Links: made, replaced, and exchanged for a place in the session. */
export function sessionLinks({
  store,
  roster,
  clock,
  ids,
}: {
  store: Store
  roster: Roster
  clock: () => number
  ids: () => string
}): Links {
  const enter = (sessionId: string, link: StoredLink, people: StoredParticipant[], visitId: string, name?: string) =>
    placeThrough({ link, people, visitId, participantId: ids(), now: clock(), ...(name === undefined ? {} : { name }) })

  return {
    createLink: (sessionId, by, { role, label, expiresInMs, maxUses }) =>
      roster.changing(sessionId, async () => {
        if ((await store.links(sessionId)).length >= limits.linksPerSession) throw new SessionFailure('limit_reached')
        const { link, secret } = newLink(
          { linkId: ids(), role, label, createdBy: by, now: clock(), livesMs: expiresInMs },
          maxUses,
        )
        await roster.save(sessionId, { links: [link] })
        return { link: linkInfo(link), secret }
      }),

    replaceLink: (sessionId, linkId, by) =>
      roster.changing(sessionId, async () => {
        const old = await linkById(store, sessionId, linkId)
        const replaced = replacement(old, { linkId: ids(), by, now: clock() })
        await roster.save(sessionId, { links: replaced.links })
        return { link: linkInfo(replaced.link), secret: replaced.secret }
      }),

    async lookAtLink(sessionId, secret, visitId) {
      const link = await linkBySecret(store, sessionId, secret)
      const [session, people] = await Promise.all([store.session(sessionId), store.participants(sessionId)])
      if (session === undefined) throw new SessionFailure('not_found')
      const you = people.find((person) => person.visitId === visitId && person.standing === 'member')
      if (you === undefined) requireUsable(link, clock())
      return {
        sessionName: session.name,
        role: link.role,
        approval: session.approval === true,
        ...(you === undefined ? {} : { you: { name: you.name, role: you.role } }),
      }
    },

    enterThroughLink: (sessionId, secret, visitId, name) =>
      roster.changing(sessionId, async (people) => {
        const link = await linkBySecret(store, sessionId, secret)
        const approval = (await store.session(sessionId))?.approval === true
        const known = people.find((person) => person.visitId === visitId)
        if (known?.standing === 'member') {
          const raised = raisedBy(link, known, clock())
          if (raised !== undefined) {
            await store.saveVisit({ visitId, createdAt: clock() })
            await roster.save(sessionId, { people: [raised], links: [used(link, clock())] })
            roster.accessChanged(sessionId, raised, 'role')
          }
          return 'member'
        }
        requireUsable(link, clock())
        if (known?.standing === 'waiting' && known.linkId === link.linkId) return 'waiting'
        // Who was declined would only ask again, as often as they like.
        if (known?.standing === 'declined' && known.linkId === link.linkId) throw new SessionFailure('declined')
        const person = enter(sessionId, link, people, visitId, name)
        const standing = approval ? 'waiting' : 'member'
        await store.saveVisit({ visitId, createdAt: clock() })
        await roster.save(sessionId, { people: [{ ...person, standing }], links: [used(link, clock())] })
        return standing
      }),
  }
}

/** A link and its secret. The link holds only the secret's hash. */
function newLink(
  { now, livesMs, ...link }: Pick<StoredLink, 'linkId' | 'role' | 'label' | 'createdBy'> & { now: number; livesMs: number },
  maxUses?: number,
): { link: StoredLink; secret: string } {
  const secret = newSecret()
  const times = { createdAt: now, expiresAt: now + livesMs }
  const most = maxUses === undefined ? {} : { maxUses }
  return { secret, link: { ...link, ...times, ...most, uses: 0, secretHash: hashSecret(secret) } }
}

/** The old link revoked, and one like it that lets in as many as the old one still would (one, where it was used up). */
export function replacement(
  old: StoredLink,
  { linkId, by, now }: { linkId: string; by: string; now: number },
): { link: StoredLink; secret: string; links: StoredLink[] } {
  const { role, label, createdAt, expiresAt, maxUses, uses } = old
  const made = newLink(
    { linkId, role, label, createdBy: by, now, livesMs: expiresAt - createdAt },
    maxUses === undefined ? undefined : Math.max(1, maxUses - uses),
  )
  return { ...made, links: [{ ...old, revokedAt: old.revokedAt ?? now }, made.link] }
}

export async function linkById(store: Store, sessionId: string, linkId: string): Promise<StoredLink> {
  const link = (await store.links(sessionId)).find((candidate) => candidate.linkId === linkId)
  if (link === undefined) throw new SessionFailure('not_found')
  return link
}

/** Compares with every link of the session, so that the time it takes says nothing. */
async function linkBySecret(store: Store, sessionId: string, secret: string): Promise<StoredLink> {
  const hash = hashSecret(secret)
  const [link] = (await store.links(sessionId)).filter((candidate) => sameHash(candidate.secretHash, hash))
  if (link === undefined) throw new SessionFailure('not_found')
  return link
}

/** Why a link lets nobody in. */
export function linkProblem(link: StoredLink, now: number): 'link_revoked' | 'link_expired' | 'link_used_up' | undefined {
  if (link.revokedAt !== undefined) return 'link_revoked'
  if (link.expiresAt <= now) return 'link_expired'
  if (link.maxUses !== undefined && link.uses >= link.maxUses) return 'link_used_up'
  return undefined
}

function requireUsable(link: StoredLink, now: number): void {
  const problem = linkProblem(link, now)
  if (problem !== undefined) throw new SessionFailure(problem)
}

const used = (link: StoredLink, now: number): StoredLink => ({ ...link, uses: link.uses + 1, lastUsedAt: now })

/** A member with the link's role, where that is more than theirs and no owner took it down; a link never lowers a role. */
function raisedBy(link: StoredLink, member: StoredParticipant, now: number): StoredParticipant | undefined {
  if (member.roleHeld === true || permits(member.role, link.role)) return undefined
  return linkProblem(link, now) === undefined ? { ...member, role: link.role, linkId: link.linkId } : undefined
}

function placeThrough({
  link,
  people,
  visitId,
  participantId,
  now,
  name,
}: {
  link: StoredLink
  people: StoredParticipant[]
  visitId: string
  participantId: string
  now: number
  name?: string
}): Omit<StoredParticipant, 'standing'> {
  const known = people.find((person) => person.visitId === visitId)
  const wanted = name ?? known?.name
  if (wanted === undefined) throw new SessionFailure('invalid_name')
  const came = { joinedAt: now, linkId: link.linkId }
  if (known !== undefined) {
    const held = known.roleHeld === true
    const role: Role = held && permits(link.role, known.role) ? known.role : link.role
    return { ...known, ...came, role, name: freeName(people, wanted, known.participantId) }
  }
  if (people.length >= limits.participantsPerSession) throw new SessionFailure('session_full')
  const colour = people.length % 5
  return { participantId, visitId, ...came, role: link.role, name: freeName(people, wanted), colour, guest: true }
}
