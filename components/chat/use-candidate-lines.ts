'use client'

import { useEffect, useState } from 'react'
import type { Hunk } from '#protocol/hunks.ts'
import { followText } from '#session/follow-text.ts'
import { useDocuments } from '#session/session-provider.tsx'
import { anchoredLines } from '#session/target-lines.ts'

/** The lines on which the places of a proposal begin now; none of a single place, and none until its document is open. */
export function useCandidateLines({ fileId, candidates }: Hunk): readonly number[] {
  const documents = useDocuments()
  const [lines, setLines] = useState<readonly number[]>([])

  useEffect(() => {
    if (fileId === null || candidates === undefined || candidates.length < 2) return
    documents.open(fileId)
    return followText(documents, fileId, (text) => {
      if (text === undefined) return
      const found = candidates.map((place) => anchoredLines(text, place)?.fromLine)
      const now = found.filter((line) => line !== undefined)
      // All or none: a place without its line would look like another kind of place.
      setLines(now.length === found.length ? now : [])
    })
  }, [documents, fileId, candidates])

  return lines
}
