'use client'

import { useTurnLog } from '#session/session-provider.tsx'
import { useSyncExternalStore } from 'react'
import type { TurnInfo } from '#session/session-state.ts'
import { duration } from './failure-wording.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

/** Why there is nothing to read yet: the queue, a limit, or the first token. Keeps its line, so that nothing jumps. */
export function TurnWait({ turn }: { turn: TurnInfo }) {
  const log = useTurnLog(turn.turnId)
  const silent = useSyncExternalStore(
    log.subscribe.bind(log),
    () => log.length === 0 && log.reasoningLength === 0,
    () => true,
  )
  const seconds = useSecondsUntil(turn.waitUntil)
  if (turn.status === 'ended' || !silent) return null
  const text =
    turn.status === 'queued'
      ? 'Waits for the turn before it'
      : seconds !== undefined && seconds > 0
        ? `Waits ${duration(seconds)} for the limit of ${turn.backend.name}`
        : `Asking ${turn.backend.model}`
  return <p className="animate-breathe text-text-3">{text}…</p>
}
