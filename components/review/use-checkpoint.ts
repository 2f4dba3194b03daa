'use client'

import { useSession } from '#session/session-provider.tsx'
import { useEffect, useMemo, useState } from 'react'
import { comparedFiles, type ComparedFile } from './compared-files.ts'
import { readCheckpoint, type CheckpointAnswer } from './read-checkpoint.ts'

export type CheckpointReading =
  | { state: 'loading' }
  | { state: 'failed'; why: 'gone' | 'unreachable' | 'failed' }
  | { state: 'read'; files: ComparedFile[] }

/** What differs since a turn's checkpoint; read again when the tree changes or a turn ends, and shown until the new answer is there. */
export function useCheckpoint(turnId: string): { reading: CheckpointReading; again(): void } {
  const sessionId = useSession((state) => state.session?.sessionId)
  const files = useSession((state) => state.files)
  const ended = useSession((state) => state.turns.filter((turn) => turn.status === 'ended').length)
  const [attempt, setAttempt] = useState(0)
  const [answer, setAnswer] = useState<(CheckpointAnswer & { turnId: string }) | undefined>(undefined)

  useEffect(() => {
    if (sessionId === undefined) return
    const aborting = new AbortController()
    readCheckpoint(sessionId, turnId, aborting.signal).then(
      (told) =>
        // A list that is there is worth more than the news that it could not be read anew.
        setAnswer((before) => (!told.ok && before?.ok && before.turnId === turnId ? before : { ...told, turnId })),
      () => {}, // aborted
    )
    return () => aborting.abort()
  }, [sessionId, turnId, files, ended, attempt])

  const reading = useMemo((): CheckpointReading => {
    if (answer?.turnId !== turnId) return { state: 'loading' }
    return answer.ok ? { state: 'read', files: comparedFiles(answer.changes, files) } : { state: 'failed', why: answer.why }
  }, [answer, files, turnId])
  return {
    reading,
    again: () => {
      setAnswer(undefined)
      setAttempt((count) => count + 1)
    },
  }
}
