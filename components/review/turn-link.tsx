'use client'

import { useSession } from '#session/session-provider.tsx'

/** How the assistant's turn that a comment leads to is getting on. */
export function TurnLink({ turnId }: { turnId: string }) {
  const turn = useSession((state) => state.turns.find((one) => one.turnId === turnId))
  if (turn === undefined) return null
  const state =
    turn.status !== 'ended'
      ? 'is working on it'
      : turn.reason === 'complete'
        ? 'has answered'
        : 'was cut off before it was done'
  return (
    <p className="pt-0.5 text-small text-ember-text">
      Turn {turn.number}: the assistant {state}. Its answer stands in the chat.
    </p>
  )
}
