'use client'

import type { FileMarks } from '#files/file-marks.ts'
import { useEffect, useRef } from 'react'

/** Gives a file that the assistant starts to write a tab in the background; once, so that it stays closed if closed. */
export function useAssistantTabs(marks: FileMarks, open: (fileId: string, background: true) => void): void {
  const before = useRef<ReadonlySet<string>>(new Set())
  useEffect(() => {
    const writing = new Set([...marks].filter(([, mark]) => mark.writing).map(([fileId]) => fileId))
    for (const fileId of writing) if (!before.current.has(fileId)) open(fileId, true)
    before.current = writing
  }, [marks, open])
}
