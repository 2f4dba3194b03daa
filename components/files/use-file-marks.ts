'use client'

import { useSessionStore } from '#session/session-provider.tsx'
import { useEffect, useState } from 'react'
import { fileMarks, type FileMarks } from './file-marks.ts'

/** Counts are read, not watched: a person cannot follow them faster than this. */
const intervalMs = 120

/** The marks of all files, at most about eight times a second while hunks stream. */
export function useFileMarks(): FileMarks {
  const store = useSessionStore()
  const [marks, setMarks] = useState<FileMarks>(() => new Map())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let seen: unknown
    const read = () => {
      timer = undefined
      const { hunks, turns } = store.read()
      setMarks(fileMarks(Object.values(hunks), turns))
    }
    const notice = () => {
      const { hunks, turns } = store.read()
      if (seen instanceof Array && seen[0] === hunks && seen[1] === turns) return
      seen = [hunks, turns]
      timer ??= setTimeout(read, intervalMs)
    }
    notice()
    const undo = store.subscribe(notice)
    return () => {
      undo()
      clearTimeout(timer)
    }
  }, [store])
  return marks
}
