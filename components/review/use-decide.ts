'use client'

import { useSessionActions } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import { useState } from 'react'
import { countWording } from './change-wording.ts'

/** One command takes no more hunks than this. */
const mostHunks = 5_000

/** Decides hunks, and says what could not be decided. `decide` resolves to whether the server answered. */
export function useDecide() {
  const actions = useSessionActions()
  const [deciding, setDeciding] = useState(false)

  const decide = async (hunkIds: readonly string[], decision: 'accept' | 'reject'): Promise<boolean> => {
    if (hunkIds.length === 0 || deciding) return false
    setDeciding(true)
    let skipped = 0
    try {
      for (let from = 0; from < hunkIds.length; from += mostHunks) {
        const answer = await actions.decideHunks(hunkIds.slice(from, from + mostHunks), decision)
        if (!answer.ok) {
          tellFailed(answer.error.code === 'unavailable', from > 0)
          return false
        }
        skipped += answer.value.skipped.length
      }
    } finally {
      setDeciding(false)
    }
    if (skipped > 0) tellSkipped(skipped)
    return true
  }
  return { deciding, decide }
}

function tellFailed(lost: boolean, begun: boolean) {
  toast.error(begun ? 'Not everything was decided' : 'Nothing was decided', {
    description: lost
      ? 'The server does not answer. What was not decided is as it was; try again when you are connected.'
      : 'What was not decided is as it was.',
  })
}

function tellSkipped(skipped: number) {
  toast.warning(`${countWording(skipped, 'hunk')} could not be decided`, {
    description: 'Somebody decided first, or the place is taken. Nothing else was changed.',
  })
}
