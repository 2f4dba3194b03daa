'use client'

import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { UserPlus } from 'lucide-react'
import { roleWording } from './role-wording.ts'
import { useAsking } from './use-asking.ts'

/** Tells owners who waits to be let in; nothing is there where nobody does. */
export function Joiners() {
  const joiners = useSession((state) => state.sharing?.joiners)
  const { approveJoiner, declineJoiner } = useSessionActions()
  const { busy, ask } = useAsking()
  if (joiners === undefined || joiners.length === 0) return null
  return (
    <ul aria-label="Waiting to be let in" className="shrink-0 border-b border-line-strong bg-bg-3">
      {joiners.map(({ participantId, name, role }) => (
        <li key={participantId} className="flex flex-wrap items-center gap-x-3 gap-y-1.5 px-3 py-1.5">
          <UserPlus size={15} aria-hidden className="text-info" />
          <p role="alert" className="min-w-0 flex-1 basis-60 truncate">
            {name} <span className="text-text-2">(guest) asks to join as {roleWording[role].article}.</span>
          </p>
          <Button
            size="small"
            disabled={busy}
            aria-label={`Let ${name} in`}
            onClick={() => void ask(`${name} still waits`, () => approveJoiner(participantId))}
          >
            Let in
          </Button>
          <Button
            size="small"
            variant="ghost"
            disabled={busy}
            aria-label={`Decline ${name}`}
            onClick={() => void ask(`${name} still waits`, () => declineJoiner(participantId))}
          >
            Decline
          </Button>
        </li>
      ))}
    </ul>
  )
}
