import type { LinkInfo, Sharing as SharingInfo } from '#protocol/links.ts'
import type { Participant } from '#protocol/sessions.ts'
import type { Store, StoredLink, StoredParticipant } from '#store/store.ts'
import { KeyedQueue } from './keyed-queue.ts'
import { isReserved, cleanName, nameKey } from './person-name.ts'
import { SessionFailure, type SessionEvent } from './sessions.ts'

/** The people and links of every session. One change of a session's follows the other, so that two never take one name or place. */
export type Roster = ReturnType<typeof createRoster>

export function createRoster({ store, tell }: { store: Store; tell: (event: SessionEvent) => void }) {
  const queue = new KeyedQueue()

  async function sharing(sessionId: string): Promise<SharingInfo> {
    const [people, links] = await Promise.all([store.participants(sessionId), store.links(sessionId)])
    const members = people.filter((person) => person.standing === 'member')
    return {
      links: links.map(linkInfo),
      joiners: people
        .filter((person) => person.standing === 'waiting')
        .map(({ participantId, name, role, joinedAt }) => ({ participantId, name, role, askedAt: joinedAt })),
      cameThrough: Object.fromEntries(
        people.flatMap(({ participantId, linkId }) => (linkId === undefined ? [] : [[participantId, linkId]])),
      ),
      recoverable: members.filter((person) => person.recoveryHash !== undefined).map((person) => person.participantId),
    }
  }

  return {
    sharing,

    /** Runs `change` with everybody of the session, alone on them. */
    changing: <Value>(sessionId: string, change: (people: StoredParticipant[]) => Promise<Value>): Promise<Value> =>
      queue.run(sessionId, async () => {
        if ((await store.session(sessionId)) === undefined) throw new SessionFailure('not_found')
        return change(await store.participants(sessionId))
      }),

    /** Stores what changed, then tells it. */
    async save(sessionId: string, changed: { people?: StoredParticipant[]; links?: StoredLink[] }): Promise<void> {
      await store.saveSharing(sessionId, changed)
      const visible = (changed.people ?? []).flatMap(publicParticipant)
      if (visible.length > 0) tell({ type: 'people', sessionId, changed: visible })
      tell({ type: 'sharing', sessionId, sharing: await sharing(sessionId) })
    },

    /** Connections of that visit act on what they were allowed to; they must come in anew. */
    accessChanged: (sessionId: string, { visitId }: StoredParticipant, why: 'role' | 'removed' | 'moved') =>
      tell({ type: 'access', sessionId, visitId, why }),
  }
}

export function linkInfo({ secretHash: _secretHash, ...link }: StoredLink): LinkInfo {
  return link
}

/** What everybody may know of a person; nothing of somebody who was never let in. */
export function publicParticipant({ participantId, name, role, colour, guest, standing }: StoredParticipant): Participant[] {
  if (standing === 'waiting' || standing === 'declined') return []
  const person = { participantId, name, role, colour, ...(guest === undefined ? {} : { guest }) }
  return [standing === 'removed' ? { ...person, removed: true } : person]
}

export function memberOf(people: StoredParticipant[], participantId: string): StoredParticipant {
  const found = people.find((person) => person.participantId === participantId && person.standing === 'member')
  if (found === undefined) throw new SessionFailure('not_found')
  return found
}

/** A session without an owner could never be shared, nor deleted. */
export function requireOtherOwner(people: StoredParticipant[], leaving: StoredParticipant): void {
  const others = people.some((person) => person !== leaving && person.standing === 'member' && person.role === 'owner')
  if (leaving.role === 'owner' && !others) throw new SessionFailure('last_owner')
}

/** The name as it may be taken. Whoever was ever seen in the session keeps theirs. */
export function freeName(people: StoredParticipant[], raw: string, participantId?: string): string {
  const name = cleanName(raw)
  if (name === undefined) throw new SessionFailure('invalid_name')
  const key = nameKey(name)
  const taken = people.some(
    (person) => person.participantId !== participantId && person.standing !== 'declined' && nameKey(person.name) === key,
  )
  if (taken || isReserved(name)) throw new SessionFailure('name_taken')
  return name
}
