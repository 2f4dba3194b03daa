'use client'

import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { SwitchRow } from './switch-row.tsx'
import { useAsking } from './use-asking.ts'

/** Whether who opens a link waits for an owner. */
export function ApprovalSwitch() {
  const required = useSession((state) => state.session?.approval === true)
  const { requireApproval } = useSessionActions()
  const { busy, ask } = useAsking()
  return (
    <SwitchRow on={required} disabled={busy} onChange={(on) => void ask('Nothing was changed', () => requireApproval(on))}>
      Let people in one by one <span className="text-text-3">(whoever opens a link waits until an owner approves)</span>
    </SwitchRow>
  )
}
