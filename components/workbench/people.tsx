'use client'

import { Avatar } from '#chat/avatar.tsx'
import { useSession } from '#session/session-provider.tsx'
import { Tooltip } from '#ui/tooltip.tsx'

const most = 4

/** Who is in the session, oneself first. */
export function People() {
  const participants = useSession((state) => state.participants)
  const you = useSession((state) => state.you?.participantId)
  const people = participants.toSorted((one, other) => Number(other.participantId === you) - Number(one.participantId === you))
  return (
    <ul aria-label="People in this session" className="mr-1 flex items-center">
      {people.slice(0, most).map((person) => {
        const label = person.participantId === you ? `${person.name} (you), ${person.role}` : `${person.name}, ${person.role}`
        return (
          <li key={person.participantId} className="-ml-1 first:ml-0">
            <Tooltip label={label}>
              <span role="img" aria-label={label} className="block rounded-full border-2 border-bg-1">
                <Avatar name={person.name} colour={person.colour} />
              </span>
            </Tooltip>
          </li>
        )
      })}
      {people.length > most && <li className="pl-1 text-small text-text-3">+{people.length - most}</li>}
    </ul>
  )
}
