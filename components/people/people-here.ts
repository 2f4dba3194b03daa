import type { Participant } from '#protocol/sessions.ts'
import type { SessionState } from '#session/session-state.ts'
import type { Whereabouts } from '#session/whereabouts.ts'

/** A person of the session; `here` while they are. */
export type Person = Participant & { isYou: boolean; here?: Whereabouts }

type Known = Pick<SessionState, 'participants' | 'people' | 'you'>

/** Everyone of the session: oneself first, then who is here, each by name. */
export function everyone({ participants, people, you }: Known): Person[] {
  const whereabouts = new Map(people.map((here) => [here.participantId, here]))
  return participants
    .map((participant): Person => {
      const here = whereabouts.get(participant.participantId)
      const isYou = participant.participantId === you?.participantId
      return { ...participant, isYou, ...(here === undefined ? {} : { here }) }
    })
    .toSorted(
      (one, other) =>
        Number(other.isYou) - Number(one.isYou) ||
        Number(other.here !== undefined) - Number(one.here !== undefined) ||
        one.name.localeCompare(other.name, 'en'),
    )
}

/** The others who are in one of some files. */
export function othersIn(people: readonly Person[], fileIds: readonly string[]): Person[] {
  return people.filter(({ isYou, here }) => !isYou && fileIds.includes(here?.fileId ?? ''))
}
