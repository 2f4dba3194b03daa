import type { Store, StoredParticipant } from '#store/store.ts'
import { memberOf, type Roster } from './roster.ts'
import { hashRecoveryCode, newRecoveryCode } from './secrets.ts'
import { SessionFailure } from './sessions.ts'
import type { Sharing } from './sharing.ts'

type RecoveryCalls = Pick<Sharing, 'renewRecovery' | 'recover'>

/** How an owner whose browser has lost its cookie comes back. */
export function sessionRecovery({
  store,
  roster,
  clock,
}: {
  store: Store
  roster: Roster
  clock: () => number
}): RecoveryCalls {
  return {
    renewRecovery: (sessionId, participantId) =>
      roster.changing(sessionId, async (people) => {
        const code = newRecoveryCode()
        const owner = memberOf(people, participantId)
        await roster.save(sessionId, { people: [{ ...owner, recoveryHash: hashRecoveryCode(code) }] })
        return code
      }),

    async recover(typed, visitId) {
      const recoveryHash = hashRecoveryCode(typed)
      const found = await store.participantByRecovery(recoveryHash)
      if (found === undefined) throw new SessionFailure('not_found')
      return roster.changing(found.sessionId, async (people) => {
        const owner = people.find((person) => person.recoveryHash === recoveryHash && person.standing === 'member')
        const session = await store.session(found.sessionId)
        if (owner === undefined || session === undefined) throw new SessionFailure('not_found')
        const code = newRecoveryCode()
        const next = hashRecoveryCode(code)
        await store.saveVisit({ visitId, createdAt: clock() })
        const { sessionId, name } = session
        await roster.save(sessionId, { people: handedOver(people, owner, visitId, next) })
        if (owner.visitId !== visitId) roster.accessChanged(sessionId, owner, 'moved')
        const other = people.find((person) => person.visitId === visitId && person !== owner)
        if (other?.standing === 'member') roster.accessChanged(sessionId, other, 'role')
        return { sessionId, sessionName: name, code }
      })
    },
  }
}

/**
 * The owner with the new browser. Where that browser is somebody in the session already, they become the owner, and who lost the other
 * browser is not in the session twice.
 */
function handedOver(
  people: StoredParticipant[],
  owner: StoredParticipant,
  visitId: string,
  recoveryHash: string,
): StoredParticipant[] {
  const here = people.find((person) => person.visitId === visitId && person !== owner)
  if (here === undefined) return [{ ...owner, visitId, recoveryHash }]
  const { recoveryHash: _used, ...gone } = owner
  const { roleHeld: _held, ...person } = here
  return [
    { ...gone, standing: 'removed' },
    { ...person, standing: 'member', role: 'owner', recoveryHash },
  ]
}
