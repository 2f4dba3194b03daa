'use client'

import { useDocuments } from '#session/session-provider.tsx'
import { useCallback } from 'react'
import { groupChanges, openCount, type PlaceReader, type TurnChanges } from './changes.ts'
import { useSampled } from './use-sampled.ts'
import { watchDocuments } from './watch-documents.ts'

/** What waits for a decision, grouped anew at most about eight times a second. */
export function useChanges(placesIn: (fileId: string) => PlaceReader): TurnChanges[] {
  const documents = useDocuments()
  const watch = useCallback((notice: () => void) => watchDocuments(documents, notice), [documents])
  return useSampled(({ hunks, turns, files }) => groupChanges({ hunks: Object.values(hunks), turns, files }, placesIn), watch)
}

/** The number of hunks that wait for a decision. */
export function useOpenCount(): number {
  return useSampled(({ hunks }) => openCount(Object.values(hunks)))
}
