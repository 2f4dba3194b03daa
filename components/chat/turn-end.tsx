'use client'

import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { Button } from '#ui/button.tsx'
import { toast } from '#ui/toast.tsx'
import { commandFailureWording, turnFailureIsSafe, turnFailureWording } from './failure-wording.ts'
import { measurementLine } from './measurement-line.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

/** How a turn ended: its measured speed, or what went wrong, what is safe and what to do. */
export function TurnEnd({ turn, last }: { turn: TurnInfo; last: boolean }) {
  if (turn.status !== 'ended') return null
  return (
    <>
      {turn.reason === 'failed' && <FailureNote turn={turn} last={last} />}
      {turn.reason === 'interrupted' && (
        <Note
          title="The server restarted in the middle of this answer."
          text={turnFailureIsSafe}
          actions={last && <Again turn={turn} how={['continue', 'retry']} />}
        />
      )}
      {turn.reason === 'length' && (
        <Note
          title="The answer reached its length limit."
          text="What came before it is complete."
          actions={last && <Again turn={turn} how={['continue']} />}
        />
      )}
      {turn.reason === 'stopped' && <Quiet turn={turn} last={last} text="Stopped" />}
      {turn.reason === 'redirected' && <Quiet turn={turn} last={false} text="Redirected by the next message" />}
      {turn.measurements !== undefined && (
        <p className="mt-2 font-mono text-small text-text-3">{measurementLine(turn.measurements)}</p>
      )}
    </>
  )
}

function FailureNote({ turn, last }: { turn: TurnInfo; last: boolean }) {
  const failure = turn.failure ?? { code: 'internal' }
  // The reset time counts from when this tab was told, which for a running turn is now.
  const [resetAt] = useState(() =>
    failure.retryAfterMs === undefined || !last ? undefined : Date.now() + failure.retryAfterMs,
  )
  const seconds = useSecondsUntil(resetAt)
  const wording = turnFailureWording(failure, turn.backend.name, seconds)
  const cutOff = ['stream_lost', 'stream_truncated', 'stalled'].includes(failure.code)
  return (
    <Note
      title={wording.happened}
      text={`${wording.toDo} ${turnFailureIsSafe}`}
      detail={[failure.code, failure.status, failure.requestId].filter((part) => part !== undefined).join(' · ')}
      actions={last && <Again turn={turn} how={cutOff ? ['continue', 'retry'] : ['retry']} />}
    />
  )
}

function Note({ title, text, detail, actions }: { title: string; text: string; detail?: string; actions: React.ReactNode }) {
  return (
    <div role="status" className="mt-2 rounded-card border border-line-strong bg-bg-2 px-3 py-2.5">
      <p className="flex items-start gap-2 font-medium">
        <TriangleAlert size={14} className="mt-[3px] shrink-0 text-warn" aria-hidden />
        {title}
      </p>
      <p className="mt-1 pl-[22px] text-[12.5px] leading-[18px] text-text-2">{text}</p>
      {detail !== undefined && <p className="mt-1 pl-[22px] font-mono text-small text-text-3">{detail}</p>}
      {actions !== false && <div className="mt-2 flex gap-2 pl-[22px]">{actions}</div>}
    </div>
  )
}

function Quiet({ turn, last, text }: { turn: TurnInfo; last: boolean; text: string }) {
  return (
    <div className="mt-2 flex items-center gap-2 text-small text-text-3">
      {text}
      {last && <Again turn={turn} how={['continue', 'retry']} />}
    </div>
  )
}

function Again({ turn, how }: { turn: TurnInfo; how: ('retry' | 'continue')[] }) {
  const { askAgain } = useSessionActions()
  const mayAsk = useSession((state) => state.you?.role === 'owner' || state.you?.role === 'editor')
  const [asking, setAsking] = useState(false)
  if (!mayAsk) return null
  const ask = async (way: 'retry' | 'continue') => {
    setAsking(true)
    const result = await askAgain(turn.turnId, way)
    setAsking(false)
    if (!result.ok) toast.error(commandFailureWording(result.error))
  }
  return how.map((way) => (
    <Button key={way} size="small" disabled={asking} onClick={() => void ask(way)}>
      {way === 'retry' ? 'Try again' : 'Continue'}
    </Button>
  ))
}
