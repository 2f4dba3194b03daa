'use client'

import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'

/** An empty conversation for people who do not prompt the assistant. */
export function ReadOnlyStart() {
  const mayWrite = useSession(({ you }) => you !== null && permits(you.role, 'reviewer'))
  return (
    <p className="px-3.5 pt-4 text-text-2">
      {mayWrite
        ? 'Nothing was said yet. What you write here reaches everyone in the session, and not the assistant.'
        : 'Nothing was said yet. What people ask the assistant and write to each other appears here.'}
    </p>
  )
}
