'use client'

import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { SwitchRow } from './switch-row.tsx'
import { useAsking } from './use-asking.ts'

/** Whether reviewers may have the assistant work, which spends tokens. Everybody sees it, owners change it. */
export function AskingSwitch({ mayChange }: { mayChange: boolean }) {
  const may = useSession((state) => state.review.reviewersMayAsk)
  const { allowAsking } = useSessionActions()
  const { busy, ask } = useAsking()
  if (!mayChange) {
    return (
      <p className="text-text-2">
        {may
          ? 'Reviewers may ask the assistant for a review and hand threads to it.'
          : 'Reviewers may not ask the assistant; editors may.'}{' '}
        <span className="text-text-3">Owners change this.</span>
      </p>
    )
  }
  return (
    <SwitchRow on={may} disabled={busy} onChange={(on) => void ask('Nothing was changed', () => allowAsking(on))}>
      Reviewers may ask the assistant <span className="text-text-3">(for a review, or about a thread; it spends tokens)</span>
    </SwitchRow>
  )
}
