'use client'

import { Avatar } from '#ui/avatar.tsx'
import { classNames } from '#ui/class-names.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { Crosshair } from 'lucide-react'
import type { Person } from './people-here.ts'
import { activityOf } from './people-wording.ts'

type PersonRowProps = {
  person: Person
  place: string | undefined
  /** Whom they follow. */
  following: string | undefined
  followed: boolean
  onGo(): void
  onFollow(): void
}

/** One person: role, where they are, what they do, and the way to follow them. */
export function PersonRow({ person, place, following, followed, onGo, onFollow }: PersonRowProps) {
  const { name, colour, role, isYou, here, guest } = person
  const activity = activityOf(person)
  return (
    <li className="flex items-start gap-2 px-3 py-1.5 hover:bg-bg-hover">
      <span className={classNames('relative pt-0.5', (here === undefined || here.state === 'idle') && 'opacity-50')}>
        <Avatar name={name} colour={colour} size="large" />
        {here?.state === 'typing' && (
          <span aria-hidden className="absolute -right-0.5 -bottom-0.5 size-2 rounded-full border border-bg-1 bg-ok" />
        )}
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-1.5">
          <span className={classNames('truncate', here === undefined ? 'text-text-3' : 'text-text-1')}>{name}</span>
          {isYou && <span className="shrink-0 text-text-3">(you)</span>}
          <span className="shrink-0 text-small text-text-3">
            {role}
            {guest === true && ', guest'}
          </span>
        </p>
        <p className="flex min-w-0 items-baseline gap-1.5 text-small text-text-3">
          {here === undefined && 'not here'}
          {place !== undefined && !isYou && (
            <button
              type="button"
              onClick={onGo}
              aria-label={`Go to ${name} in ${place}`}
              title={place}
              className="min-w-0 truncate rounded-[3px] text-left text-text-2 hover:text-text-1 hover:underline"
            >
              {place}
            </button>
          )}
          {place !== undefined && isYou && <span className="min-w-0 truncate text-text-2">{place}</span>}
          {activity !== undefined && !isYou && <span className="shrink-0">{activity}</span>}
          {following !== undefined && <span className="truncate">follows {following}</span>}
          {here !== undefined && place === undefined && following === undefined && 'in no file'}
        </p>
      </div>
      {!isYou && here !== undefined && (
        <IconButton
          label={followed ? `Stop following ${name}` : `Follow ${name}`}
          size="small"
          aria-pressed={followed}
          onClick={onFollow}
          className="aria-pressed:bg-bg-3 aria-pressed:text-text-1"
        >
          <Crosshair size={14} aria-hidden />
        </IconButton>
      )}
    </li>
  )
}
