'use client'

import { useEffect, useState } from 'react'

/** True once `condition` has held for that long, false as soon as it does not: what passes quickly is not worth showing. */
export function useDelayed(condition: boolean, delayMs: number): boolean {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!condition) return
    const timer = setTimeout(() => setHeld(true), delayMs)
    return () => {
      clearTimeout(timer)
      setHeld(false)
    }
  }, [condition, delayMs])
  return condition && held
}
