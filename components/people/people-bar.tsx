'use client'

import type { FollowTarget } from '#session/leader.ts'
import { useSession } from '#session/session-provider.tsx'
import { Avatar } from '#ui/avatar.tsx'
import { classNames } from '#ui/class-names.ts'
import { Tooltip } from '#ui/tooltip.tsx'
import type { Person } from './people-here.ts'
import { activityOf, placeOf } from './people-wording.ts'
import { useEveryone } from './use-everyone.ts'

const most = 5

type PeopleBarProps = {
  follow: FollowTarget
  onFollow(target: FollowTarget): void
  /** Shows everyone. */
  onShowAll(): void
}

/** Who is here, oneself first. A press follows, another one stops. */
export function PeopleBar({ follow, onFollow, onShowAll }: PeopleBarProps) {
  const files = useSession((state) => state.files)
  const people = useEveryone().filter(({ here, isYou }) => here !== undefined || isYou)
  const pathOf = (fileId: string) => files.find((file) => file.fileId === fileId)?.path
  const hidden = people.length - most
  return (
    <ul aria-label="People in this session" className="mr-1 flex items-center">
      {people.slice(0, most).map((person) => {
        const followed = follow?.kind === 'person' && follow.participantId === person.participantId
        return (
          <li key={person.participantId} className="-ml-1 first:ml-0">
            <Tooltip label={labelOf(person, pathOf)}>
              <button
                type="button"
                aria-label={person.isYou ? labelOf(person, pathOf) : `${followed ? 'Stop following' : 'Follow'} ${person.name}`}
                {...(person.isYou ? {} : { 'aria-pressed': followed })}
                onClick={() => {
                  if (person.isYou) onShowAll()
                  else onFollow(followed ? null : { kind: 'person', participantId: person.participantId })
                }}
                className={classNames(
                  'block rounded-full border-2 transition-opacity hover:opacity-100',
                  followed ? 'border-text-1' : 'border-bg-1',
                  person.here?.state === 'idle' && 'opacity-50',
                )}
              >
                <Avatar name={person.name} colour={person.colour} />
              </button>
            </Tooltip>
          </li>
        )
      })}
      {hidden > 0 && (
        <li className="pl-1">
          <button
            type="button"
            onClick={onShowAll}
            aria-label={`${hidden} more people`}
            className="rounded-control px-1 text-small text-text-3 hover:text-text-1"
          >
            +{hidden}
          </button>
        </li>
      )}
    </ul>
  )
}

function labelOf(person: Person, pathOf: (fileId: string) => string | undefined): string {
  const name = person.isYou ? `${person.name} (you)` : person.name
  const doing = person.isYou ? undefined : activityOf(person)
  const place = person.isYou ? undefined : placeOf(person, pathOf)
  return [name, person.role, place, doing].filter((part) => part !== undefined).join(' · ')
}
