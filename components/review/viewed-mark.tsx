'use client'

import { useSession } from '#session/session-provider.tsx'
import { useAskReview } from './use-ask-review.ts'

/** Marks a file as viewed, until somebody changes it. */
export function ViewedMark({ fileId }: { fileId: string }) {
  const viewed = useSession((state) => fileId in state.review.viewed)
  const ask = useAskReview()
  return (
    <label className="flex shrink-0 cursor-pointer items-center gap-1.5 pr-1 text-small text-text-2">
      <input
        type="checkbox"
        aria-label="Viewed"
        checked={viewed}
        onChange={() => void ask('file.view', { fileId, viewed: !viewed })}
        className="accent-[var(--info)]"
      />
      Viewed
    </label>
  )
}
