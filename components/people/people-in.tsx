'use client'

import { useSession } from '#session/session-provider.tsx'
import { Avatar } from '#ui/avatar.tsx'
import { classNames } from '#ui/class-names.ts'
import { othersIn } from './people-here.ts'
import { namesOf } from './people-wording.ts'
import { useEveryone } from './use-everyone.ts'

const most = 3

/** Who else is in one of some files, as small signs. Nothing where nobody is. */
export function PeopleIn({ fileIds }: { fileIds: readonly string[] }) {
  // Every row and tab asks, whenever somebody moves to another line; nearly always nobody is there.
  const isAnybodyHere = useSession(({ people, you }) =>
    people.some(({ participantId, fileId }) => participantId !== you?.participantId && fileIds.includes(fileId ?? '')),
  )
  return isAnybodyHere ? <Signs fileIds={fileIds} /> : null
}

function Signs({ fileIds }: { fileIds: readonly string[] }) {
  const others = othersIn(useEveryone(), fileIds)
  if (others.length === 0) return null
  const label = `${namesOf(others.map(({ name }) => name))} ${others.length === 1 ? 'is' : 'are'} here`
  return (
    <span role="img" aria-label={label} title={label} className="flex shrink-0 items-center">
      {others.slice(0, most).map(({ participantId, name, colour, here }) => (
        <span
          key={participantId}
          className={classNames('-ml-1 rounded-full border border-bg-1 first:ml-0', here?.state === 'idle' && 'opacity-60')}
        >
          <Avatar name={name} colour={colour} size="small" />
        </span>
      ))}
      {others.length > most && <span className="pl-0.5 text-[10px] text-text-3">+{others.length - most}</span>}
    </span>
  )
}
