'use client'

import type { Sharing } from '#protocol/links.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { ShownOnce } from '#ui/shown-once.tsx'
import { useState } from 'react'
import { useAsking } from './use-asking.ts'

/** How an owner comes back whose browser has forgotten them. */
export function RecoverySection({ sharing }: { sharing: Sharing }) {
  const you = useSession((state) => state.you?.participantId ?? '')
  const { renewRecovery } = useSessionActions()
  const { busy, ask } = useAsking()
  const [code, setCode] = useState<string | undefined>(undefined)
  const renew = async () => setCode((await ask('There is no new code', renewRecovery))?.code)
  return (
    <>
      <p className="pb-2 text-text-2">
        Flint knows you by a cookie of this browser. Should it get lost, a recovery code makes you the owner again, at{' '}
        <span className="font-mono">/recover</span>.
      </p>
      {code === undefined ? (
        <Button disabled={busy} onClick={() => void renew()}>
          {sharing.recoverable.includes(you) ? 'Make a new recovery code' : 'Make a recovery code'}
        </Button>
      ) : (
        <ShownOnce
          label="Recovery code"
          value={code}
          note="It is shown only now. Keep it where you keep passwords; a code from before does not work any more."
        />
      )}
    </>
  )
}
