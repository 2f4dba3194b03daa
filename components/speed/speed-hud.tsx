'use client'

import { useState, useSyncExternalStore } from 'react'
import { useSession, useTurnLog } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { Tooltip } from '#ui/tooltip.tsx'
import { finalValues, liveValues, type HudValue } from './hud-values.ts'
import { createLiveReading, type LiveReading } from './live-reading.ts'
import { Sparkline } from './sparkline.tsx'

/** The speed of the running turn of the chat, else of the newest one that was measured. */
export function SpeedHud() {
  const turn = useSession((state) =>
    state.turns.findLast(
      ({ kind, status, measurements }) => (kind === 'chat' && status === 'streaming') || measurements !== undefined,
    ),
  )
  if (turn === undefined) return <span className="px-2 text-text-3">Speed: nothing measured yet</span>
  return turn.status === 'ended' ? <Hud turn={turn} values={finalValues(turn)} /> : <LiveHud key={turn.turnId} turn={turn} />
}

function LiveHud({ turn }: { turn: TurnInfo }) {
  const log = useTurnLog(turn.turnId)
  const [live] = useState(() => createLiveReading(log))
  const reading: LiveReading = useSyncExternalStore(live.subscribe, live.read, live.read)
  return <Hud turn={turn} values={liveValues(reading)} />
}

function Hud({ turn, values }: { turn: TurnInfo; values: HudValue[] }) {
  const shown = values.filter((value) => ['First token', 'Speed', 'Total'].includes(value.label))
  // What the status bar says of the chosen model beside it need not be said twice.
  const isChosen = useSession(
    ({ session }) => session?.backendId === turn.backend.backendId && session.model === turn.backend.model,
  )
  const backend =
    turn.backend.kind === 'recorded'
      ? `${turn.backend.model}, recorded answer`
      : `${turn.backend.model} on ${turn.backend.name}`
  return (
    <Tooltip label={<HowMeasured values={values} backend={backend} />} side="top">
      <button
        type="button"
        aria-label={`Speed of turn ${turn.number}: ${shown.map((value) => `${value.label} ${value.text}`).join(', ')}; ${backend}`}
        className="flex h-full items-center gap-2 px-2 hover:bg-bg-hover"
      >
        <Sparkline />
        <span className="font-mono font-semibold text-ember-text tabular-nums">
          {shown.map((value) => value.text).join(' · ')}
        </span>
        {(turn.backend.kind === 'live' || !isChosen) && <span className="hidden text-text-3 wide:inline">{backend}</span>}
      </button>
    </Tooltip>
  )
}

function HowMeasured({ values, backend }: { values: HudValue[]; backend: string }) {
  return (
    <dl className="grid grid-cols-[auto_auto] gap-x-3 gap-y-1 py-1">
      {values.map((value) => (
        <div key={value.label} className="contents">
          <dt className="text-text-2">{value.label}</dt>
          <dd>
            <span className="font-mono">{value.text}</span>
            <span className="block text-text-3">{value.how}</span>
          </dd>
        </div>
      ))}
      <dt className="text-text-2">Model</dt>
      <dd>{backend}</dd>
    </dl>
  )
}
