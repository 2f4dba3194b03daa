'use client'

import { targetId, type FollowTarget } from '#session/leader.ts'
import { useOwnPresence } from '#session/session-provider.tsx'
import { useEffect } from 'react'

/** Tells the others which file is on screen here, whom the view follows, and whether anybody is at this tab. */
export function useTellPresence(fileId: string | null, follow: FollowTarget): void {
  const own = useOwnPresence()
  const following = targetId(follow)
  useEffect(() => own.show(fileId, following), [own, fileId, following])
  useEffect(() => {
    const used = () => own.used()
    const hidden = () => own.setHidden(document.hidden)
    const events = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const
    for (const event of events) addEventListener(event, used, { passive: true, capture: true })
    document.addEventListener('visibilitychange', hidden)
    hidden()
    return () => {
      for (const event of events) removeEventListener(event, used, { capture: true })
      document.removeEventListener('visibilitychange', hidden)
    }
  }, [own])
}
