'use client'

import { useEffect, useState } from 'react'
import type { Hunk } from '#protocol/hunks.ts'
import { useDocuments } from '#session/session-provider.tsx'
import { anchoredLines } from '#session/target-lines.ts'

/** While people type, lines move no more often than this. */
const intervalMs = 300

/** The lines on which the places of a proposal begin now; none of a single place, and none until its document is open. */
export function useCandidateLines({ fileId, candidates }: Hunk): readonly number[] {
  const documents = useDocuments()
  const [lines, setLines] = useState<readonly number[]>([])

  useEffect(() => {
    if (fileId === null || candidates === undefined || candidates.length < 2) return
    const document = documents.open(fileId)
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = () => {
      timer = undefined
      if (document.status.state !== 'open') return
      const found = candidates.map((place) => anchoredLines(document.text, place)?.fromLine)
      const now = found.filter((line) => line !== undefined)
      // All or none: a place without its line would look like another kind of place.
      setLines(now.length === found.length ? now : [])
    }
    const soon = () => void (timer ??= setTimeout(read, intervalMs))
    read()
    document.text.observe(soon)
    const stop = document.subscribe(read)
    return () => {
      clearTimeout(timer)
      document.text.unobserve(soon)
      stop()
    }
  }, [documents, fileId, candidates])

  return lines
}
