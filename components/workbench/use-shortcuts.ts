'use client'

import { useEffect, useRef } from 'react'
import { matchesKeys } from '#ui/key-combination.ts'
import { useMac } from '#ui/use-mac.ts'
import { commandEntries, keysOf, type CommandRunners } from './commands.ts'

/** Runs commands from the keyboard, before the editor or the browser sees the key. */
export function useShortcuts(runners: CommandRunners): void {
  const mac = useMac()
  const latest = useRef(runners)
  useEffect(() => {
    latest.current = runners
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing) return
      const entry = commandEntries.find(
        (candidate) => !candidate.inEditor && keysOf(candidate, mac).some((keys) => matchesKeys(event, keys, mac)),
      )
      if (!entry) return
      event.preventDefault()
      event.stopPropagation()
      if (!event.repeat) latest.current[entry.id]()
    }
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [mac])
}
