'use client'

import { hunksOfTurn } from '#session/hunks-of-turn.ts'
import { useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import { redoableHunks, undoableHunks } from './own-turns.ts'

const isThere = ({ state }: { state: string }) => state === 'settled' || state === 'accepted'

/** Takes back, or brings again, what one's own turn did to a file; where it did more elsewhere, the whole turn is offered. */
export function useTurnUndo(): (way: 'revert' | 'redo', fileId: string, turnId: string) => Promise<void> {
  const store = useSessionStore()
  const { decideHunks } = useSessionActions()

  return async (way, fileId, turnId) => {
    const { hunks, turns } = store.read()
    const hunkIds = (way === 'revert' ? undoableHunks : redoableHunks)(hunks, fileId, turnId)
    if (hunkIds.length === 0) return
    const answer = await decideHunks(hunkIds, way)
    if (!answer.ok || answer.value.decided.length === 0) {
      toast.error(
        way === 'revert' ? 'The assistant’s hunks were not taken back' : 'The assistant’s hunks were not brought back',
        {
          id: 'turn-undo',
          description: 'The file is as it was.',
        },
      )
      return
    }
    const number = turns.find((turn) => turn.turnId === turnId)?.number ?? 0
    const rest = hunksOfTurn(store.read().hunks, turnId).filter((hunk) => isThere(hunk) && !hunkIds.includes(hunk.hunkId))
    if (way === 'redo' || rest.length === 0) return
    const total = rest.length + hunkIds.length
    toast(`Took back ${hunkIds.length} of ${total} hunks of turn ${number}`, {
      id: 'turn-undo',
      description: 'The others are in other files.',
      action: {
        label: 'Take back the whole turn',
        onClick: () =>
          void decideHunks(
            rest.map(({ hunkId }) => hunkId),
            'revert',
          ),
      },
    })
  }
}
