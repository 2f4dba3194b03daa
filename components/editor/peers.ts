import type { PeopleFeed } from '#session/people-feed.ts'
import type { SessionState } from '#session/session-state.ts'
import type { Peer } from './peer-layer.ts'

/** Who is in a file beside this tab. A place of somebody whom the session does not know (yet) is not drawn. */
export function peersIn(
  fileId: string,
  people: Pick<PeopleFeed, 'inFile'>,
  { participants, you }: Pick<SessionState, 'participants' | 'you'>,
): Peer[] {
  return people.inFile(fileId).flatMap((presence) => {
    const person = participants.find(({ participantId }) => participantId === presence.participantId)
    if (person === undefined) return []
    const name = person.participantId === you?.participantId ? 'You, in another tab' : person.name
    return [{ presence, name, colour: person.colour }]
  })
}
