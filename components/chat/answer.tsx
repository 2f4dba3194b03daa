'use client'

import { useSyncExternalStore } from 'react'
import { useTurnLog } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { answerParts, settledProse } from './answer-parts.ts'
import { FileCard } from './file-card.tsx'
import { proseChunks } from './prose-chunks.ts'
import { Prose } from './prose.tsx'
import { Reasoning } from './reasoning.tsx'
import { RetryLine } from './retry-line.tsx'

/** What the assistant says in a turn, as far as this tab has it: at most one render per frame. */
export function Answer({ turn, onReveal }: { turn: TurnInfo; onReveal: (hunkId: string, candidate?: number) => void }) {
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
      {answerParts(text, marks).map((part, index) => {
        if (part.kind === 'retry') return <RetryLine key={`retry ${index}`} blocks={part.blocks} whole={part.whole} />
        if (part.kind === 'blocks') {
          const blocks = part.blocks.map(({ block }) => block).join(' ')
          const raw = running ? '' : part.blocks.map(({ from, to }) => text.slice(from, to)).join('')
          const last = part.blocks.at(-1)?.to
          const cutOff = !running && turn.reason !== 'complete' && (last === undefined || last >= text.length)
          return (
            <FileCard
              key={`blocks ${part.blocks[0]?.block}`}
              turn={turn}
              path={part.path}
              blocks={blocks}
              raw={raw}
              cutOff={cutOff}
              onReveal={onReveal}
            />
          )
        }
        const growing = part.to === undefined && running
        const prose = text.slice(part.from, part.to)
        const shown = growing ? settledProse(prose) : prose
        if (shown.trim() === '') return null
        const chunks = proseChunks(shown)
        return chunks.map((chunk, at) => (
          <Prose key={`prose ${part.from} ${at}`} text={chunk} growing={growing && at === chunks.length - 1} />
        ))
      })}
    </>
  )
}

const empty = () => ''
