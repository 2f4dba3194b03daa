'use client'

import { useEffect, useState } from 'react'
import { followText } from '#session/follow-text.ts'
import { useDocuments } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { anchoredLines } from '#session/target-lines.ts'

/** Where an inline edit's lines are now, such as `49–60`; undefined while this tab does not have the file open. */
export function useTargetLines({ target }: TurnInfo): string | undefined {
  const documents = useDocuments()
  const [shown, setShown] = useState<string | undefined>(undefined)

  useEffect(() => {
    if (target === undefined) return
    return followText(documents, target.fileId, (text) => {
      const lines = text && anchoredLines(text, target)
      const isOne = lines?.fromLine === lines?.toLine
      setShown(lines && (isOne ? `${lines.fromLine}` : `${lines.fromLine}–${lines.toLine}`))
    })
  }, [documents, target])

  return shown
}
