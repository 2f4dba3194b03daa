'use client'

import { useSessionActions } from '#session/session-provider.tsx'
import { Notice } from '#ui/notice.tsx'
import { useEffect } from 'react'
import { readStanding } from './join-calls.ts'

const pauseMs = 1_500

/** In place of a session whose owner has to let this browser in. Goes on by itself once they have answered. */
export function WaitingPage({ sessionId }: { sessionId: string }) {
  const { reconnect } = useSessionActions()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let over = false
    const ask = async () => {
      const answer = await readStanding(sessionId)
      if (over) return
      const stillWaiting = answer.ok ? answer.value.standing === 'waiting' : answer.code !== 'not_found'
      if (stillWaiting) timer = setTimeout(() => void ask(), pauseMs)
      else reconnect()
    }
    timer = setTimeout(() => void ask(), pauseMs)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [sessionId, reconnect])
  return (
    <div role="status">
      <Notice
        title="Waiting to be let in"
        what="The owner of this session lets people in one by one, and was told that you are here."
        safe="This page goes on by itself. You can leave it open, or come back later in this browser."
        otherwise={{ label: 'All sessions', href: '/' }}
      />
    </div>
  )
}
