'use client'

import { memo } from 'react'
import { useSession } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { Answer } from './answer.tsx'
import { Avatar } from './avatar.tsx'
import { FreshSample } from './fresh-sample.tsx'
import { TurnEnd } from './turn-end.tsx'
import { TurnWait } from './turn-wait.tsx'

/** One prompt and everything that answers it. */
export const TurnView = memo(function TurnView({
  turn,
  last,
  onReveal,
}: {
  turn: TurnInfo
  last: boolean
  onReveal: (hunkId: string, candidate?: number) => void
}) {
  const asker = useSession((state) => state.participants.find((person) => person.participantId === turn.askedBy))
  const recorded = turn.backend.kind === 'recorded'
  return (
    <article aria-label={`Turn ${turn.number}`} className="chat-turn px-3.5 py-3" data-last={last || undefined}>
      <header className="mb-1 flex items-center gap-2 text-[12px] text-text-2">
        <Avatar name={asker?.name ?? '?'} colour={asker?.colour ?? 0} />
        {asker?.name ?? 'Someone who left'}
      </header>
      <p className="break-words whitespace-pre-wrap">{turn.prompt}</p>
      <header className="mt-3 mb-1 flex min-w-0 items-center gap-2 text-[12px] text-text-2">
        <Avatar assistant />
        Assistant
        <span className="min-w-0 truncate text-text-3">{recorded ? '' : `${turn.backend.model} on ${turn.backend.name}`}</span>
        {recorded && <span className="rounded-control bg-bg-3 px-1.5 text-small text-text-2">recorded answer</span>}
      </header>
      <TurnWait turn={turn} />
      <Answer turn={turn} onReveal={onReveal} />
      <FreshSample turn={turn} />
      <TurnEnd turn={turn} last={last} />
    </article>
  )
})
