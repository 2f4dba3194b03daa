'use client'

import { createContext, useContext } from 'react'

/** Shows a line of a file in the editor; 1-based. */
export type OpenPlace = (fileId: string, line: number) => void

export const OpenPlaceContext = createContext<OpenPlace>(() => {})

/** Deep inside a conversation: how to show a place that somebody wrote of. */
export function useOpenPlace(): OpenPlace {
  return useContext(OpenPlaceContext)
}
