'use client'

import { isProposal } from '#protocol/hunks.ts'
import { nextOwed } from '#review/debt.ts'
import type { PlaceReader } from '#review/changes.ts'
import type { LookedHunks } from '#review/looked-hunks.ts'
import { useDocuments, useSessionStore } from '#session/session-provider.tsx'
import { useCallback } from 'react'
import { afterShowing } from './after-showing.ts'
import { placeReader } from './hunk-line.ts'

const unknown: PlaceReader = () => undefined

/** What the review room has to know of documents, and the way to the next hunk that was not looked at. */
export function useReviewViews({
  looked,
  shownFileId,
  revealHunk,
  focusEditor,
}: {
  looked: LookedHunks
  shownFileId: string | null
  revealHunk(hunkId: string, candidate?: number): void
  focusEditor(): void
}) {
  const documents = useDocuments()
  const store = useSessionStore()
  const placesIn = useCallback(
    (fileId: string): PlaceReader => {
      const document = documents.get(fileId)
      return document?.status.state === 'open' ? placeReader(document.text) : unknown
    },
    [documents],
  )
  const revealNextUnseen = () => {
    const { hunks, files } = store.read()
    const readers = new Map<string, PlaceReader>()
    const hunkId = nextOwed(Object.values(hunks), looked.read(), files, shownFileId, (hunk) => {
      if (hunk.fileId === null) return undefined
      const read = readers.get(hunk.fileId) ?? placesIn(hunk.fileId)
      readers.set(hunk.fileId, read)
      return read(hunk)?.line
    })
    if (hunkId !== undefined) revealHunk(hunkId)
  }
  /** `enter`: the person goes on in the editor. */
  const revealChange = (hunkId: string, enter: boolean) => {
    const hunk = store.read().hunks[hunkId]
    // A proposal stands nowhere yet; its likeliest place is shown.
    if (hunk !== undefined && isProposal(hunk) && hunk.candidates !== undefined) revealHunk(hunkId, 0)
    else revealHunk(hunkId)
    if (enter) afterShowing(focusEditor)
  }
  return { placesIn, revealChange, revealNextUnseen }
}
