'use client'

import { hunksOfTurn } from '#session/hunks-of-turn.ts'
import { runningTurn } from '#session/running-turn.ts'
import { useSession } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { turnFailureWording } from './failure-wording.ts'

/** Tells a screen reader that a turn began or ended; never its tokens. */
export function TurnAnnouncer() {
  const sentence = useSession((state) => {
    const running = runningTurn(state.turns)
    const turn = running ?? state.turns.findLast(({ kind, reason }) => kind === 'chat' && reason !== 'removed')
    if (turn === undefined) return ''
    if (turn.status !== 'ended') return 'The assistant is answering.'
    const open = hunksOfTurn(state.hunks, turn.turnId).filter((hunk) => hunk.state === 'settled').length
    return `${endOf(turn)} ${open === 0 ? 'No hunks' : open === 1 ? 'One hunk' : `${open} hunks`} to review.`
  })
  return (
    <p role="status" className="sr-only">
      {sentence}
    </p>
  )
}

function endOf({ reason, failure, backend }: TurnInfo): string {
  switch (reason) {
    case 'failed':
      return turnFailureWording(failure ?? { code: 'internal' }, backend.name).happened
    case 'interrupted':
      return 'The server restarted in the middle of the answer.'
    case 'length':
      return 'The answer reached its length limit.'
    case 'stopped':
      return 'The assistant was stopped.'
    default:
      return 'The assistant has answered.'
  }
}
