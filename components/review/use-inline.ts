'use client'

import { useState } from 'react'

const key = 'flint-compare-inline'

/** Whether comparisons are shown in one column; remembered on this browser. */
export function useInline(): [boolean, (inline: boolean) => void] {
  const [inline, setInline] = useState(() => {
    try {
      return localStorage.getItem(key) === 'yes'
    } catch {
      return false // private windows make storage throw
    }
  })
  const choose = (next: boolean) => {
    setInline(next)
    try {
      localStorage.setItem(key, next ? 'yes' : 'no')
    } catch {
      // Not remembered; nothing else depends on it.
    }
  }
  return [inline, choose]
}
