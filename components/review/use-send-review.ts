'use client'

import type { BaseId } from '#protocol/bases.ts'
import { toast } from '#ui/toast.tsx'
import { useAskReview } from './use-ask-review.ts'

/** Asks the assistant for a review of files, or of what changed in them since a base. Resolves to whether it was asked. */
export function useSendReview(): (fileIds: string[], since?: BaseId) => Promise<boolean> {
  const ask = useAskReview()
  return async (fileIds, since) => {
    const answer = await ask('review.ask', { fileIds, ...(since === undefined ? {} : { since }) })
    if (answer === undefined) return false
    toast.success(`The assistant reviews ${fileIds.length === 1 ? 'the file' : `${fileIds.length} files`}`, {
      description: 'Its remarks appear in Review, under Suggested.',
    })
    return true
  }
}
