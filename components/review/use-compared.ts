'use client'

import type { BaseId } from '#protocol/bases.ts'
import { useSession } from '#session/session-provider.tsx'
import { useEffect, useMemo, useRef, useState } from 'react'
import { comparedFiles, type ComparedFile } from './compared-files.ts'
import { readChanges, type ChangesAnswer } from './read-changes.ts'

export type ComparedReading =
  | { state: 'loading' }
  | { state: 'failed'; why: 'gone' | 'unreachable' | 'failed' }
  | { state: 'read'; files: ComparedFile[] }

/** Trees often change several times at once, and the server limits how often it compares. */
const betweenReadingsMs = 400

/** What differs since a base; read again when the tree or the bases change or a turn ends, and shown until the new answer is there. */
export function useCompared(baseId: BaseId): { reading: ComparedReading; again(): void } {
  const sessionId = useSession((state) => state.session?.sessionId)
  const files = useSession((state) => state.files)
  const bases = useSession((state) => state.bases)
  const ended = useSession((state) => state.turns.filter((turn) => turn.status === 'ended').length)
  const [attempt, setAttempt] = useState(0)
  const [answer, setAnswer] = useState<(ChangesAnswer & { baseId: BaseId }) | undefined>(undefined)

  const lastRead = useRef<BaseId | undefined>(undefined)
  useEffect(() => {
    if (sessionId === undefined) return
    const aborting = new AbortController()
    const read = () =>
      readChanges(sessionId, baseId, aborting.signal).then(
        (told) =>
          // A list that is there is worth more than the news that it could not be read anew, but not than that there is no such base.
          setAnswer((before) =>
            !told.ok && told.why !== 'gone' && before?.ok && before.baseId === baseId ? before : { ...told, baseId },
          ),
        () => {}, // aborted
      )
    const timer = setTimeout(() => void read(), lastRead.current === baseId ? betweenReadingsMs : 0)
    lastRead.current = baseId
    return () => {
      clearTimeout(timer)
      aborting.abort()
    }
  }, [sessionId, baseId, files, bases, ended, attempt])

  const reading = useMemo((): ComparedReading => {
    if (answer?.baseId !== baseId) return { state: 'loading' }
    return answer.ok ? { state: 'read', files: comparedFiles(answer.changes, files) } : { state: 'failed', why: answer.why }
  }, [answer, files, baseId])
  return {
    reading,
    again: () => {
      setAnswer(undefined)
      setAttempt((count) => count + 1)
    },
  }
}
