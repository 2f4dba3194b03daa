'use client'

import { useEffect, useState } from 'react'

/** Whole seconds until a moment (ms since the epoch), counting down; undefined without a moment. */
export function useSecondsUntil(moment: number | undefined): number | undefined {
  const [now, setNow] = useState(() => Date.now())
  const waiting = moment !== undefined && moment > now
  useEffect(() => {
    if (!waiting) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [waiting])
  return moment === undefined ? undefined : Math.max(0, Math.ceil((moment - now) / 1_000))
}
