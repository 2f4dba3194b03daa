'use client'

import { useSession } from '#session/session-provider.tsx'

/** Tells a screen reader that a turn began or ended; never its tokens. */
export function TurnAnnouncer() {
  const sentence = useSession((state) => {
    const turn = state.turns.at(-1)
    if (turn === undefined) return ''
    if (turn.status !== 'ended') return 'The assistant is answering.'
    const open = Object.values(state.hunks).filter((hunk) => hunk.turnId === turn.turnId && hunk.state === 'settled').length
    const ended = turn.reason === 'complete' ? 'The assistant has answered' : `The answer ended: ${turn.reason}`
    return `${ended}. ${open === 0 ? 'No changes' : open === 1 ? 'One change' : `${open} changes`} to review.`
  })
  return (
    <p role="status" className="sr-only">
      {sentence}
    </p>
  )
}
