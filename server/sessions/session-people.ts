import { permits } from '#protocol/roles.ts'
import type { Store, StoredParticipant } from '#store/store.ts'
import { freeName, memberOf, publicParticipant, requireOtherOwner, linkInfo, type Roster } from './roster.ts'
import { linkById, linkProblem, replacement } from './session-links.ts'
import { SessionFailure } from './sessions.ts'
import type { Sharing } from './sharing.ts'

type People = Pick<
  Sharing,
  | 'participant'
  | 'participants'
  | 'standing'
  | 'revokeLink'
  | 'answerJoiner'
  | 'setRole'
  | 'removeParticipant'
  | 'renameParticipant'
>

/** Who is in a session, and as what. */
export function sessionPeople({
  store,
  roster,
  clock,
  ids,
}: {
  store: Store
  roster: Roster
  clock: () => number
  ids: () => string
}): People {
  const byVisit = async (sessionId: string, visitId: string) =>
    (await store.participants(sessionId)).find((person) => person.visitId === visitId)

  return {
    async participant(sessionId, visitId) {
      const found = await byVisit(sessionId, visitId)
      return found?.standing === 'member' ? publicParticipant(found)[0] : undefined
    },
    participants: async (sessionId) => (await store.participants(sessionId)).flatMap(publicParticipant),
    standing: async (sessionId, visitId) => (await byVisit(sessionId, visitId))?.standing,

    revokeLink: (sessionId, linkId, { removePeople }) =>
      roster.changing(sessionId, async (people) => {
        const link = await linkById(store, sessionId, linkId)
        const through = people.filter((person) => removePeople && person.linkId === linkId && person.standing !== 'removed')
        // An owner who came through the link long ago is not one of its guests any more.
        const leaving = through.filter((person) => person.role !== 'owner')
        const members = leaving.filter((person) => person.standing === 'member')
        await roster.save(sessionId, {
          people: leaving.map(removed),
          links: [{ ...link, revokedAt: link.revokedAt ?? clock() }],
        })
        for (const person of members) roster.accessChanged(sessionId, person, 'removed')
        return members.map((person) => person.participantId)
      }),

    answerJoiner: (sessionId, participantId, answer) =>
      roster.changing(sessionId, async (people) => {
        const joiner = people.find((person) => person.participantId === participantId && person.standing === 'waiting')
        if (joiner === undefined) throw new SessionFailure('not_found')
        const standing = answer === 'approve' ? 'member' : 'declined'
        await roster.save(sessionId, { people: [{ ...joiner, standing, joinedAt: clock() }] })
      }),

    setRole: (sessionId, participantId, role) =>
      roster.changing(sessionId, async (people) => {
        const { roleHeld: _held, recoveryHash, ...person } = memberOf(people, participantId)
        if (person.role === role) return
        const lower = permits(person.role, role)
        if (lower) requireOtherOwner(people, memberOf(people, participantId))
        const changed: StoredParticipant = {
          ...person,
          role,
          ...(lower ? { roleHeld: true } : {}),
          ...(role === 'owner' && recoveryHash !== undefined ? { recoveryHash } : {}),
        }
        await roster.save(sessionId, { people: [changed] })
        roster.accessChanged(sessionId, changed, 'role')
      }),

    removeParticipant: (sessionId, participantId, { replaceLinkBy }) =>
      roster.changing(sessionId, async (people) => {
        const person = memberOf(people, participantId)
        requireOtherOwner(people, person)
        const link =
          replaceLinkBy === undefined || person.linkId === undefined
            ? undefined
            : await linkById(store, sessionId, person.linkId)
        const open = link !== undefined && linkProblem(link, clock()) === undefined
        const next =
          open && replaceLinkBy !== undefined
            ? replacement(link, { linkId: ids(), by: replaceLinkBy, now: clock() })
            : undefined
        await roster.save(sessionId, { people: [removed(person)], ...(next === undefined ? {} : { links: next.links }) })
        roster.accessChanged(sessionId, person, 'removed')
        return next && { link: linkInfo(next.link), secret: next.secret }
      }),

    renameParticipant: (sessionId, participantId, name) =>
      roster.changing(sessionId, async (people) => {
        const person = memberOf(people, participantId)
        await roster.save(sessionId, { people: [{ ...person, name: freeName(people, name, participantId) }] })
      }),
  }
}

/** Also without the code that would bring them back. */
function removed({ recoveryHash: _code, ...person }: StoredParticipant): StoredParticipant {
  return { ...person, standing: person.standing === 'waiting' ? 'declined' : 'removed' }
}
