'use client'

import { Undo2 } from 'lucide-react'
import { memo } from 'react'
import type { TurnInfo } from '#session/session-state.ts'
import { Answer } from './answer.tsx'
import { Avatar } from '#ui/avatar.tsx'
import { FreshSample } from './fresh-sample.tsx'
import { Time } from './time.tsx'
import { TurnEnd } from './turn-end.tsx'
import { TurnMenu } from './turn-menu.tsx'
import { TurnWait } from './turn-wait.tsx'
import { usePerson } from './use-person.ts'

export type TurnViewProps = {
  turn: TurnInfo
  /** Whether its end offers to go on from there. */
  last: boolean
  onReveal: (hunkId: string, candidate?: number) => void
  onCompare: ((turnId: string) => void) | undefined
}

/** One prompt and everything that answers it. */
export const TurnView = memo(function TurnView({ turn, last, onReveal, onCompare }: TurnViewProps) {
  const asker = usePerson(turn.askedBy)
  const recorded = turn.backend.kind === 'recorded'
  if (turn.rolledBack) return <RolledBackTurn turn={turn} />
  if (turn.reason === 'removed') return <RemovedTurn turn={turn} />
  return (
    <article aria-label={`Turn ${turn.number}`} className="chat-turn px-3.5 py-3" data-last={last || undefined}>
      <header className="mb-1 flex items-center gap-2 text-[12px] text-text-2">
        <Avatar name={asker.name} colour={asker.colour} />
        <span className="min-w-0 truncate" title={asker.name}>
          {asker.name}
        </span>
        <Time at={turn.startedAt} />
        <span className="flex-1" />
        <TurnMenu turn={turn} onCompare={onCompare} />
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

/** Somebody else took it out of the queue: what was asked can still be read. */
function RemovedTurn({ turn }: { turn: TurnInfo }) {
  const asker = usePerson(turn.askedBy)
  const remover = usePerson(turn.stoppedBy)
  return (
    <article aria-label={`Turn ${turn.number}`} className="chat-turn px-3.5 py-2 text-small text-text-3">
      <p>
        {remover.you ? 'You' : remover.name} removed a prompt {asker.you ? 'of yours' : `of ${asker.name}`}:
      </p>
      <p className="break-words whitespace-pre-wrap line-through decoration-text-3/60">{turn.prompt}</p>
    </article>
  )
}

/** Its checkpoint was restored: it stays as a line that can be read again, and nothing can be done with it. */
function RolledBackTurn({ turn }: { turn: TurnInfo }) {
  return (
    <article aria-label={`Turn ${turn.number}`} className="chat-turn px-3.5 py-2">
      <details className="text-text-3">
        <summary className="flex cursor-pointer list-none items-center gap-2 hover:text-text-2">
          <Undo2 size={13} aria-hidden className="shrink-0" />
          <span className="min-w-0 flex-1 truncate line-through decoration-text-3/60">{turn.prompt}</span>
          <span className="text-small">rolled back</span>
        </summary>
        <p className="pt-1 pl-[21px] break-words whitespace-pre-wrap">{turn.prompt}</p>
      </details>
    </article>
  )
}
