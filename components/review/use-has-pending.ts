'use client'

import type { Thread } from '#protocol/review.ts'
import { useSession } from '#session/session-provider.tsx'

/** Comments of one's own that are not submitted yet. */
export function usePendingCount(): number {
  const threads = useSession((state) => state.review.threads)
  return pendingCount(threads)
}

export function useHasPending(): boolean {
  return usePendingCount() > 0
}

/** Only one's own pending comments are ever here. */
function pendingCount(threads: Record<string, Thread>): number {
  return Object.values(threads).reduce(
    (sum, { comments }) => sum + comments.filter(({ pending }) => pending === true).length,
    0,
  )
}
