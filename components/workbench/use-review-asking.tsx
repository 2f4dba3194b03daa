'use client'

import type { BaseId } from '#protocol/bases.ts'
import { AskReviewDialog, type AskedFile } from '#review/ask-review-dialog.tsx'
import { useMayAsk } from '#review/use-may-ask.ts'
import { useSendReview } from '#review/use-send-review.ts'
import { useState, type ReactNode } from 'react'

export type ReviewAsking = {
  /** Asks for a review of these files, or of what changed in them since a base; undefined where the person may not. */
  ask: ((files: AskedFile[], since?: BaseId) => void) | undefined
  dialog: ReactNode
}

/** Asks the assistant for reviews; of several files only after it is clear which. */
export function useReviewAsking(): ReviewAsking {
  const mayAsk = useMayAsk()
  const send = useSendReview()
  const [asked, setAsked] = useState<{ files: AskedFile[]; since?: BaseId } | undefined>(undefined)
  const ask = (files: AskedFile[], since?: BaseId) => {
    const [only] = files
    if (only !== undefined && files.length === 1) void send([only.fileId], since)
    else setAsked({ files, ...(since === undefined ? {} : { since }) })
  }
  return {
    ask: mayAsk ? ask : undefined,
    dialog: asked && <AskReviewDialog {...asked} onClose={() => setAsked(undefined)} />,
  }
}
