'use client'

import { useSession } from '#session/session-provider.tsx'
import { useState, type Dispatch, type SetStateAction } from 'react'

/** Whether the editor follows the assistant: from each of one's own prompts on, until the person looks elsewhere. */
export function useFollow(): [boolean, Dispatch<SetStateAction<boolean>>] {
  const ownTurn = useSession(
    ({ turns, you }) => turns.findLast((turn) => turn.kind === 'chat' && turn.askedBy === you?.participantId)?.turnId,
  )
  const [follow, setFollow] = useState(true)
  const [followed, setFollowed] = useState(ownTurn)
  if (ownTurn !== followed) {
    setFollowed(ownTurn)
    setFollow(true)
  }
  return [follow, setFollow]
}
