'use client'

import type { FollowTarget } from '#session/leader.ts'
import { useSession } from '#session/session-provider.tsx'
import { useState } from 'react'

const assistant: FollowTarget = { kind: 'assistant' }

/**
 * Whose view the editor follows, until the person looks elsewhere: the assistant's from each of one's own prompts on, unless one
 * follows somebody by then.
 */
export function useFollow(): [FollowTarget, (target: FollowTarget) => void] {
  const ownTurn = useSession(
    ({ turns, you }) => turns.findLast((turn) => turn.kind === 'chat' && turn.askedBy === you?.participantId)?.turnId,
  )
  const [follow, setFollow] = useState<FollowTarget>(assistant)
  const [followed, setFollowed] = useState(ownTurn)
  if (ownTurn !== followed) {
    setFollowed(ownTurn)
    if (follow === null) setFollow(assistant)
  }
  return [follow, setFollow]
}
