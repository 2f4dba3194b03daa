'use client'

import { permits } from '#protocol/roles.ts'
import { assistantId, type FollowTarget } from '#session/leader.ts'
import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Megaphone } from 'lucide-react'
import { useImperativeHandle, useRef, type Ref } from 'react'
import { AssistantRow } from './assistant-row.tsx'
import { placeOf } from './people-wording.ts'
import { PersonRow } from './person-row.tsx'
import { useEveryone } from './use-everyone.ts'

export type PeoplePanelHandle = { focus(): void }

type PeoplePanelProps = {
  follow: FollowTarget
  onFollow(target: FollowTarget): void
  onGoTo(participantId: string): void
  onGather(): void
  ref?: Ref<PeoplePanelHandle>
}

/** Everyone of the session: who is here, where, and what they do. */
export function PeoplePanel({ follow, onFollow, onGoTo, onGather, ref }: PeoplePanelProps) {
  const people = useEveryone().filter(({ here, removed }) => here !== undefined || removed !== true)
  const files = useSession((state) => state.files)
  const mayGather = useSession(({ you }) => you !== null && permits(you.role, 'editor'))
  const panel = useRef<HTMLElement>(null)
  useImperativeHandle(ref, () => ({ focus: () => panel.current?.querySelector('button')?.focus() }))
  const pathOf = (fileId: string) => files.find((file) => file.fileId === fileId)?.path
  const nameOf = (participantId: string | null | undefined) => {
    if (participantId === assistantId) return 'the assistant'
    return people.find((person) => person.participantId === participantId)?.name
  }
  const othersHere = people.filter(({ here, isYou }) => here !== undefined && !isYou).length
  return (
    <section ref={panel} aria-label="People" className="flex h-full min-h-0 flex-col">
      <div className="flex h-8.5 shrink-0 items-center pr-1.5 pl-3">
        <h2 className="flex-1 text-small font-semibold text-text-2">People</h2>
        <span className="pr-1.5 text-small text-text-3 tabular-nums">{othersHere + 1} here</span>
      </div>
      <ul aria-label="Everyone in this session" className="min-h-0 flex-1 overflow-y-auto">
        {people.map((person) => {
          const followed = follow?.kind === 'person' && follow.participantId === person.participantId
          const { participantId } = person
          return (
            <PersonRow
              key={participantId}
              person={person}
              place={placeOf(person, pathOf)}
              following={nameOf(person.here?.following)}
              followed={followed}
              onGo={() => onGoTo(participantId)}
              onFollow={() => onFollow(followed ? null : { kind: 'person', participantId })}
            />
          )
        })}
        <AssistantRow
          followed={follow?.kind === 'assistant'}
          onFollow={() => onFollow(follow?.kind === 'assistant' ? null : { kind: 'assistant' })}
        />
      </ul>
      <div className="shrink-0 border-t border-line p-3">
        {othersHere === 0 ? (
          <p className="text-small text-text-3">Nobody else is here. Share the session to work on it together.</p>
        ) : mayGather ? (
          <Button onClick={onGather} className="w-full">
            <Megaphone size={14} aria-hidden />
            Bring everyone to me
          </Button>
        ) : (
          <p className="text-small text-text-3">Editors can ask everyone to come to where they are.</p>
        )}
      </div>
    </section>
  )
}
