'use client'

import { useCallback, useState } from 'react'
import { layoutCookie, layoutToCookie, type WorkbenchLayout } from './layout-cookie.ts'

/** How the panels stand; every change is remembered on this browser. */
export function useLayout(initial: WorkbenchLayout): [WorkbenchLayout, (change: Partial<WorkbenchLayout>) => void] {
  const [layout, setLayout] = useState(initial)
  const change = useCallback((part: Partial<WorkbenchLayout>) => {
    setLayout((before) => {
      const after = { ...before, ...part }
      document.cookie = `${layoutCookie}=${layoutToCookie(after)}; path=/; max-age=31536000; samesite=lax`
      return after
    })
  }, [])
  return [layout, change]
}
