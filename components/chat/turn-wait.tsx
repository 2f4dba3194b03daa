'use client'

import { useSyncExternalStore } from 'react'
import { useTurnLog } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { duration } from './failure-wording.ts'
import { useElapsedSeconds } from './use-elapsed-seconds.ts'
import { useSecondsUntil } from './use-seconds-until.ts'

/** A wait shorter than this says nothing about how long it lasts. */
const shortSeconds = 2

/** Why there is nothing to read yet: the queue, a limit, or the first token. Keeps its line, so that nothing jumps. */
export function TurnWait({ turn }: { turn: TurnInfo }) {
  const log = useTurnLog(turn.turnId)
  const silent = useSyncExternalStore(
    log.subscribe.bind(log),
    () => log.length === 0 && log.reasoningLength === 0,
    () => true,
  )
  if (turn.status === 'ended' || !silent) return null
  return (
    <p className="flex items-center gap-2 text-text-3 tabular-nums">
      <span aria-hidden className="size-1.5 shrink-0 animate-breathe rounded-full bg-ember" />
      <span>{turn.status === 'queued' ? 'Waits for the turn before it…' : <Asking turn={turn} />}</span>
    </p>
  )
}

function Asking({ turn }: { turn: TurnInfo }) {
  const untilSent = useSecondsUntil(turn.waitUntil)
  const asked = useElapsedSeconds()
  if (untilSent !== undefined && untilSent > 0) return `Waits ${duration(untilSent)} for the limit of ${turn.backend.name}…`
  return `Asking ${turn.backend.model}…${asked < shortSeconds ? '' : ` ${asked} s`}`
}
