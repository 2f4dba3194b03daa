'use client'

import { useState } from 'react'
import type { CreatedSession } from '#protocol/http.ts'
import { isProposal } from '#protocol/hunks.ts'
import { hunksOfTurn } from '#session/hunks-of-turn.ts'
import { useSession } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { Button } from '#ui/button.tsx'
import { toast } from '#ui/toast.tsx'

/** A recorded answer was written for the sample as it was; where it no longer fits, the way out is a fresh copy. */
export function FreshSample({ turn }: { turn: TurnInfo }) {
  const sampleId = useSession((state) => state.session?.sampleId)
  const missed = useSession((state) => hunksOfTurn(state.hunks, turn.turnId).some(isProposal))
  const [starting, setStarting] = useState(false)
  if (turn.backend.kind !== 'recorded' || turn.status !== 'ended' || sampleId === undefined || !missed) return null

  const start = async () => {
    setStarting(true)
    const response = await fetch('/api/sessions', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-flint': '1' },
      body: JSON.stringify({ from: 'sample', sampleId }),
    }).catch(() => undefined)
    if (response?.ok === true) {
      const { sessionId } = (await response.json()) as CreatedSession
      location.assign(`/s/${sessionId}`)
      return
    }
    setStarting(false)
    toast.error('A fresh session could not be started. This one is unchanged.')
  }
  return (
    <div className="my-2 rounded-card border border-line-strong bg-bg-2 px-3 py-2.5">
      <p className="text-[12.5px] leading-[18px] text-text-2">
        This recorded answer was written for the sample as it was, and parts of it no longer fit your files. They are shown
        above and changed nothing.
      </p>
      <Button size="small" className="mt-2" disabled={starting} onClick={() => void start()}>
        Start from a fresh sample
      </Button>
    </div>
  )
}
