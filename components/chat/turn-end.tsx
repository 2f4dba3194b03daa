'use client'

import { TriangleAlert } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import type { Hunk } from '#protocol/hunks.ts'
import { hunksOfTurn } from '#session/hunks-of-turn.ts'
import { useSession, useSessionActions, useTurnLog } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { Button } from '#ui/button.tsx'
import { toast } from '#ui/toast.tsx'
import { commandFailureWording, turnFailureWording } from './failure-wording.ts'
import { measurementParts } from './measurement-parts.ts'
import { usePerson } from './use-person.ts'
import { useSecondsUntil } from './use-seconds-until.ts'
import { whatIsSafe, whatTryingAgainRejects } from './what-is-safe.ts'

type Way = 'continue' | 'retry'

/** How a turn ended: its measured speed; or what went wrong, what is safe and what to do, as long as it is the newest one. */
export function TurnEnd({ turn, last }: { turn: TurnInfo; last: boolean }) {
  // Told while this tab watched, a reset time counts from that moment; after a reload only the turn's start is known.
  const [watched] = useState(turn.status !== 'ended')
  const log = useTurnLog(turn.turnId)
  const hasText = useSyncExternalStore(
    log.subscribe.bind(log),
    () => log.length > 0,
    () => false,
  )
  if (turn.status !== 'ended') return null
  return (
    <>
      {turn.reason === 'failed' && <Failed turn={turn} last={last} watched={watched} hasText={hasText} />}
      {turn.reason === 'interrupted' && (
        <Note
          turn={turn}
          last={last}
          happened={`The server restarted ${hasText ? 'in the middle of this answer' : 'before this answer began'}.`}
          toDo={hasText ? 'Continue where it stopped, or try again.' : 'Try again.'}
          ways={hasText ? ['continue', 'retry'] : ['retry']}
        />
      )}
      {turn.reason === 'length' && (
        <Note
          turn={turn}
          last={last}
          happened="The answer reached its length limit."
          toDo={hasText ? 'Continue to get the rest.' : 'Ask for less at once.'}
          ways={hasText ? ['continue'] : ['retry']}
        />
      )}
      {turn.reason === 'stopped' && <Stopped turn={turn} last={last} ways={hasText ? ['continue', 'retry'] : ['retry']} />}
      {turn.reason === 'redirected' && <p className="mt-2 text-small text-text-3">Redirected by the next message.</p>}
      {turn.measurements !== undefined && (
        <p className="mt-2 text-small text-text-3 tabular-nums">
          {measurementParts(turn.measurements).map((part, index) => (
            <span key={part}>
              {index > 0 && ' · '}
              <span className="whitespace-nowrap">{part}</span>
            </span>
          ))}
        </p>
      )}
    </>
  )
}

type FailedProps = { turn: TurnInfo; last: boolean; watched: boolean; hasText: boolean }

function Failed({ turn, last, watched, hasText }: FailedProps) {
  const failure = turn.failure ?? { code: 'internal' }
  const [resetAt] = useState(() =>
    failure.retryAfterMs === undefined ? undefined : (watched ? Date.now() : turn.startedAt) + failure.retryAfterMs,
  )
  const seconds = useSecondsUntil(last ? resetAt : undefined)
  const { happened, toDo, goesOn } = turnFailureWording(failure, turn.backend.name, { seconds, hasText })
  return (
    <Note
      turn={turn}
      last={last}
      happened={happened}
      toDo={toDo}
      ways={goesOn ? ['continue', 'retry'] : ['retry']}
      detail={[failure.code, failure.status, failure.requestId].filter((part) => part !== undefined).join(' · ')}
    />
  )
}

type NoteProps = { turn: TurnInfo; last: boolean; happened: string; toDo: string; ways: Way[]; detail?: string }

/** Of an earlier turn only what happened is still of interest. */
function Note({ turn, last, happened, toDo, ways, detail }: NoteProps) {
  const safe = useHunkSentence(turn, whatIsSafe)
  const rejects = useHunkSentence(turn, whatTryingAgainRejects)
  const title = (
    <p className="flex items-start gap-2">
      <TriangleAlert size={14} className="mt-[3px] shrink-0 text-warn" aria-hidden />
      <span className={last ? 'font-medium' : 'text-text-2'}>{happened}</span>
    </p>
  )
  // What never began has nothing behind it that asking again would disturb, also where it is not the newest one.
  const neverBegan = turn.reason === 'interrupted' && !ways.includes('continue')
  if (!last) {
    return (
      <div className="mt-2">
        {title}
        {neverBegan && (
          <div className="mt-1.5 pl-[22px]">
            <Again turn={turn} ways={ways} />
          </div>
        )}
      </div>
    )
  }
  return (
    <div
      role="group"
      aria-label="How the turn ended"
      className="mt-2 rounded-card border border-line-strong bg-bg-2 px-3 py-2.5"
    >
      {title}
      <div className="mt-1 pl-[22px]">
        <p className="text-[12.5px] leading-[18px] text-text-2">
          {safe} {toDo} {ways.includes('retry') && rejects}
        </p>
        <div className="mt-2 flex gap-2">
          <Again turn={turn} ways={ways} />
        </div>
        {detail !== undefined && (
          <p className="mt-2 truncate font-mono text-small text-text-3" title={detail}>
            {detail}
          </p>
        )}
      </div>
    </div>
  )
}

function Stopped({ turn, last, ways }: { turn: TurnInfo; last: boolean; ways: Way[] }) {
  const safe = useHunkSentence(turn, whatIsSafe)
  const rejects = useHunkSentence(turn, whatTryingAgainRejects)
  const stopper = usePerson(turn.stoppedBy)
  const who = turn.stoppedBy === undefined || stopper.you ? 'Stopped.' : `Stopped by ${stopper.name}.`
  return (
    <>
      <p className="mt-2 text-small text-text-3">
        {who} {safe} {last && rejects}
      </p>
      {last && (
        <div className="mt-2 flex gap-2">
          <Again turn={turn} ways={ways} />
        </div>
      )}
    </>
  )
}

function useHunkSentence<Sentence>({ turnId }: TurnInfo, say: (hunks: readonly Hunk[]) => Sentence): Sentence {
  return useSession((state) => say(hunksOfTurn(state.hunks, turnId)))
}

function Again({ turn, ways }: { turn: TurnInfo; ways: readonly Way[] }) {
  const { askAgain } = useSessionActions()
  const mayAsk = useSession((state) => state.you?.role === 'owner' || state.you?.role === 'editor')
  const [asking, setAsking] = useState(false)
  if (!mayAsk) return null
  const ask = async (way: Way) => {
    setAsking(true)
    const result = await askAgain(turn.turnId, way)
    setAsking(false)
    if (!result.ok) toast.error(commandFailureWording(result.error))
  }
  // One block cannot go on where it stopped: its lines are asked for again.
  const offered = turn.kind === 'inline' ? ['retry' as const] : ways
  return offered.map((way) => (
    <Button key={way} size="small" disabled={asking} onClick={() => void ask(way)}>
      {way === 'retry' ? 'Try again' : 'Continue'}
    </Button>
  ))
}
