'use client'

import { useSessionStore } from '#session/session-provider.tsx'
import type { SessionState } from '#session/session-state.ts'
import { useEffect, useEffectEvent, useState } from 'react'

/** Lists are read, not watched: a person cannot follow them faster than this. */
const intervalMs = 120

/**
 * Reads something dear from the session's state, at most about eight times a second while hunks stream. `watch` tells of further
 * changes that call for reading again, and returns its undo; it has to stay the same function.
 */
export function useSampled<Value>(read: (state: SessionState) => Value, watch?: (notice: () => void) => () => void): Value {
  const store = useSessionStore()
  const [value, setValue] = useState(() => read(store.read()))
  const readNow = useEffectEvent(() => setValue(read(store.read())))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let seen: Pick<SessionState, 'hunks' | 'turns' | 'files'> | undefined
    const notice = () => {
      timer ??= setTimeout(() => {
        timer = undefined
        readNow()
      }, intervalMs)
    }
    const noticeState = () => {
      const { hunks, turns, files } = store.read()
      if (seen?.hunks === hunks && seen.turns === turns && seen.files === files) return
      seen = { hunks, turns, files }
      notice()
    }
    noticeState()
    const stops = [store.subscribe(noticeState), watch?.(notice)]
    return () => {
      for (const stop of stops) stop?.()
      clearTimeout(timer)
    }
  }, [store, watch])
  return value
}
