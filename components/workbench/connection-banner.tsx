'use client'

import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { Unplug } from 'lucide-react'
import { wordTrouble } from './connection-wording.ts'
import { useDelayed } from './use-delayed.ts'

/** A blip that heals by itself is shown in the status bar only. */
const patienceMs = 2_000

/** Says why the session does not go on, what is safe and what to do; only while that is so for longer than a moment. */
export function ConnectionBanner({ floating = false }: { floating?: boolean }) {
  const connection = useSession((state) => state.connection)
  const saving = useSession((state) => state.saving)
  const { reconnect } = useSessionActions()
  const shown = useDelayed(connection.status !== 'online', connection.status === 'refused' ? 0 : patienceMs)
  const trouble = wordTrouble(connection, saving)
  if (!shown || !trouble) return null
  return (
    <div
      role="alert"
      className={classNames(
        'flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1.5 bg-bg-3 px-3 py-1.5',
        floating ? 'fixed inset-x-0 top-11 z-30 border-b border-line-strong' : 'border-b border-line-strong',
      )}
    >
      <Unplug size={15} aria-hidden className={connection.status === 'refused' ? 'text-bad' : 'text-warn'} />
      <p className="min-w-0 flex-1 basis-60">
        {trouble.title} <span className="text-text-2">{trouble.safe}</span>
      </p>
      {trouble.action === 'reconnect' && (
        <Button size="small" onClick={reconnect}>
          Connect now
        </Button>
      )}
      {trouble.action === 'reload' && (
        <Button size="small" onClick={() => window.location.reload()}>
          Reload
        </Button>
      )}
    </div>
  )
}
