'use client'

import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'

/** Whether this person may have the assistant work for the review: editors may, reviewers where the owner lets them. */
export function useMayAsk(): boolean {
  return useSession(
    ({ you, review }) =>
      you !== null && (permits(you.role, 'editor') || (permits(you.role, 'reviewer') && review.reviewersMayAsk)),
  )
}
