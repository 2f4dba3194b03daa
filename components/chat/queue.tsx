'use client'

import { useState } from 'react'
import { permits } from '#protocol/roles.ts'
import { waitingTurns } from '#session/running-turn.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { toast } from '#ui/toast.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { QueueRow } from './queue-row.tsx'

/** Prompts that wait for the turn before them, in the order in which they will run. */
export function Queue({ onTakeBack }: { onTakeBack: (turn: TurnInfo) => void }) {
  const turns = useSession((state) => state.turns)
  const mayMove = useSession(({ you }) => you !== null && permits(you.role, 'editor'))
  const { moveTurn, removeTurn } = useSessionActions()
  const [dragged, setDragged] = useState<string | undefined>(undefined)
  const waiting = waitingTurns(turns)
  if (waiting.length === 0) return null

  const move = async (turn: TurnInfo, place: number) => {
    const from = waiting.indexOf(turn)
    const neighbour = waiting[place]
    if (neighbour === undefined || place === from) return
    const answer = await moveTurn(turn.turnId, place < from ? { before: neighbour.turnId } : { after: neighbour.turnId })
    if (!answer.ok) toast.error(commandFailureWording(answer.error))
  }
  const remove = async (turn: TurnInfo, takeBack: boolean) => {
    const answer = await removeTurn(turn.turnId)
    if (!answer.ok) toast.error(commandFailureWording(answer.error))
    else if (takeBack) onTakeBack(turn)
  }
  return (
    <section aria-label="Prompts that wait" className="max-h-[30%] shrink-0 overflow-y-auto border-t border-line px-3 pt-1.5">
      <h3 className="pb-1 text-small text-text-3">
        {waiting.length === 1 ? '1 prompt waits' : `${waiting.length} prompts wait`}
      </h3>
      <ol aria-label="In the order in which they will run">
        {waiting.map((turn, place) => (
          <QueueRow
            key={turn.turnId}
            turn={turn}
            place={place}
            count={waiting.length}
            mayMove={mayMove && waiting.length > 1}
            dragged={dragged}
            onDrag={setDragged}
            onDrop={() => {
              const moved = waiting.find(({ turnId }) => turnId === dragged)
              setDragged(undefined)
              if (moved !== undefined) void move(moved, place)
            }}
            onMove={(to) => void move(turn, to)}
            onRemove={() => void remove(turn, false)}
            onTakeBack={() => void remove(turn, true)}
          />
        ))}
      </ol>
    </section>
  )
}
