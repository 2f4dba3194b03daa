'use client'

import { useSyncExternalStore } from 'react'
import { useTurnLog } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { answerParts, settledProse } from './answer-parts.ts'
import { BlockCard } from './block-card.tsx'
import { Prose } from './prose.tsx'
import { Reasoning } from './reasoning.tsx'

/** What the assistant says in a turn, as far as this tab has it: at most one render per frame. */
export function Answer({ turn, onReveal }: { turn: TurnInfo; onReveal: (hunkId: string) => void }) {
  const log = useTurnLog(turn.turnId)
  const running = turn.status !== 'ended'
  const subscribe = log.subscribe.bind(log)
  const text = useSyncExternalStore(subscribe, () => log.read(), empty)
  const reasoning = useSyncExternalStore(subscribe, () => log.readReasoning(), empty)
  const marks = useSyncExternalStore(
    subscribe,
    () => log.marks,
    () => log.marks,
  )

  return (
    <>
      {reasoning !== '' && <Reasoning text={reasoning} growing={running && text === ''} />}
      {answerParts(marks).map((part) => {
        if (part.kind === 'block') {
          const raw = part.to === undefined ? '' : text.slice(part.from, part.to)
          return (
            <BlockCard
              key={`block ${part.block}`}
              turn={turn}
              block={part.block}
              path={part.path}
              raw={raw}
              onReveal={onReveal}
            />
          )
        }
        const growing = part.to === undefined && running
        const prose = text.slice(part.from, part.to)
        const shown = growing ? settledProse(prose) : prose
        return shown.trim() === '' ? null : <Prose key={`prose ${part.from}`} text={shown} growing={growing} />
      })}
    </>
  )
}

const empty = () => ''
