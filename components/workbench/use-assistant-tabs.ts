'use client'

import type { FileMarks } from '#files/file-marks.ts'
import { useSessionStore } from '#session/session-provider.tsx'
import { useEffect, useRef, useState } from 'react'

/** A turn that changes more files than this shows the rest in the tree only. */
const mostTabsPerTurn = 10

/**
 * Gives each file that the assistant changes a tab in the background, once per turn, so that a tab that was closed stays
 * closed. What was changed before this page was opened is left as the person left it. `marks` says when to look.
 */
export function useAssistantTabs(marks: FileMarks, open: (fileId: string, background: true) => void): void {
  const store = useSessionStore()
  const [seen] = useState(() => new Map<string, Set<string>>())
  const [before] = useState(() => new Set(Object.keys(store.read().hunks)))
  const latest = useRef(open)
  useEffect(() => {
    latest.current = open
  })
  useEffect(() => {
    for (const { hunkId, turnId, fileId } of Object.values(store.read().hunks)) {
      if (fileId === null || before.has(hunkId)) continue
      const files = seen.get(turnId) ?? new Set()
      seen.set(turnId, files)
      if (files.has(fileId)) continue
      files.add(fileId)
      if (files.size <= mostTabsPerTurn) latest.current(fileId, true)
    }
  }, [marks, store, seen, before])
}
