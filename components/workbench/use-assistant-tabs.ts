'use client'

import { useSessionStore } from '#session/session-provider.tsx'
import { useEffect, useRef } from 'react'

/** A turn that changes more files than this shows the rest in the tree only. */
const mostTabsPerTurn = 10

/**
 * Gives each file that the assistant changes a tab in the background, once per turn, so that a tab that was closed stays
 * closed. What was changed before this page was opened is left as the person left it.
 */
export function useAssistantTabs(open: (fileId: string, background: true) => void): void {
  const store = useSessionStore()
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    let seen = store.read().hunks
    const before = new Set(Object.keys(seen))
    const filesByTurn = new Map<string, Set<string>>()
    return store.subscribe(() => {
      const { hunks } = store.read()
      if (hunks === seen) return
      seen = hunks
      for (const { hunkId, turnId, fileId } of Object.values(hunks)) {
        const files = filesByTurn.get(turnId) ?? new Set()
        if (fileId === null || before.has(hunkId) || files.has(fileId)) continue
        filesByTurn.set(turnId, files.add(fileId))
        if (files.size <= mostTabsPerTurn) latest.current(fileId, true)
      }
    })
  }, [store])
}
