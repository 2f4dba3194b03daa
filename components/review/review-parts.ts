'use client'

import { createContext, useContext, type ComponentType } from 'react'

/** What the workbench lends to the review from other rooms. */
export type ReviewParts = {
  /** Markdown of somebody else, made harmless. */
  Prose: ComponentType<{ text: string }>
  /** A participant's sign; decorative. Undefined: the assistant's. */
  Sign: ComponentType<{ name: string; colour: number | undefined }>
}

const Parts = createContext<ReviewParts | null>(null)
export const ReviewPartsProvider = Parts

export function useReviewParts(): ReviewParts {
  const parts = useContext(Parts)
  if (parts === null) throw new Error('the review was drawn outside of its parts')
  return parts
}
