'use client'

import { TriangleAlert } from 'lucide-react'
import { useSyncExternalStore, type ReactNode } from 'react'
import { useSession, useTurnLog } from '#session/session-provider.tsx'
import type { WordFailure } from './editor-props.ts'
import type { InlineEditPhase } from './inline-edit-phase.ts'
import { endedWording } from './inline-edit-wording.ts'

type NoteProps = {
  turnId: string | undefined
  phase: InlineEditPhase
  refusal: string | undefined
  /** The lines in words. */
  lines: string
  wordFailure: WordFailure
}

/** What becomes of the prompt, in words. */
export function InlineEditNote({ turnId, phase, refusal, lines, wordFailure }: NoteProps) {
  return (
    <p role="status" className="min-w-0 text-small text-text-2 tabular-nums">
      {refusal === undefined ? (
        <Words turnId={turnId} phase={phase} lines={lines} wordFailure={wordFailure} />
      ) : (
        <Warning>{refusal}</Warning>
      )}
    </p>
  )
}

function Words({ turnId, phase, lines, wordFailure }: Omit<NoteProps, 'refusal'>): ReactNode {
  switch (phase.kind) {
    case 'prompt':
      return <span className="whitespace-nowrap text-text-3">{lines.charAt(0).toUpperCase() + lines.slice(1)}</span>
    case 'running':
      return <span className="text-ember-text">{phase.writing ? 'Writing…' : 'Asking…'}</span>
    case 'review':
      return turnId !== undefined && <Written turnId={turnId} />
    case 'proposal':
      return <Warning>The answer could not be applied here. Its text stands in the chat.</Warning>
    case 'unchanged':
      return turnId !== undefined && <Reply turnId={turnId} />
    case 'failed': {
      const { happened, toDo } = wordFailure(phase.failure, phase.backendName)
      return (
        <Warning>
          {happened} The lines are as they were. {toDo}
        </Warning>
      )
    }
    case 'ended':
      return endedWording[phase.reason]
    case 'decided':
      return null
  }
}

/** How fast it was, and whether anybody wrote it just now. */
function Written({ turnId }: { turnId: string }) {
  const turn = useSession(({ turns }) => turns.find((one) => one.turnId === turnId))
  const { tokensPerSecond, totalMs } = turn?.measurements ?? {}
  const parts = [
    turn?.backend.kind === 'recorded' ? 'Recorded answer' : turn?.backend.model,
    tokensPerSecond === undefined ? undefined : `${Math.round(tokensPerSecond).toLocaleString('en')} tok/s`,
    totalMs === undefined ? undefined : `${(totalMs / 1_000).toFixed(2)} s`,
  ]
  return <span className="text-text-3">{parts.filter((part) => part !== undefined).join(' · ')}</span>
}

/** What the assistant says instead of changing anything. */
function Reply({ turnId }: { turnId: string }) {
  const log = useTurnLog(turnId)
  const subscribe = log.subscribe.bind(log)
  const text = useSyncExternalStore(subscribe, () => log.read(), empty)
  const mark = useSyncExternalStore(
    subscribe,
    () => log.marks[0],
    () => undefined,
  )
  const prose = (mark === undefined ? text : text.slice(0, mark.at)).trim()
  if (prose === '') return 'The answer leaves these lines as they are.'
  return (
    <span className="block max-h-24 overflow-y-auto whitespace-pre-wrap text-text-1">
      {prose.split('`').map((part, index) =>
        index % 2 === 1 ? (
          // oxlint-disable-next-line react/no-array-index-key -- pieces of a text that does not change
          <span key={index} className="font-mono">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </span>
  )
}

function Warning({ children }: { children: ReactNode }) {
  return (
    <span className="flex items-start gap-1.5">
      <TriangleAlert size={13} aria-hidden className="mt-px shrink-0 text-warn" />
      <span>{children}</span>
    </span>
  )
}

const empty = () => ''
