'use client'

import type { EditorHandle } from '#editor/editor-props.ts'
import { useDocuments, useSessionStore } from '#session/session-provider.tsx'
import { useCallback, useEffect, useState, type RefObject } from 'react'
import { hunkLine } from './hunk-line.ts'

/** Shows a hunk: opens its file, waits until the editor shows it and the document is there, then goes to its line. */
export function useReveal(editor: RefObject<EditorHandle | null>, activeFileId: string | null, open: (fileId: string) => void) {
  const store = useSessionStore()
  const documents = useDocuments()
  const [wanted, setWanted] = useState<string | undefined>(undefined)

  useEffect(() => {
    const hunk = wanted === undefined ? undefined : store.read().hunks[wanted]
    if (!hunk || hunk.fileId === null || hunk.fileId !== activeFileId) return
    const document = documents.open(hunk.fileId)
    const show = () => {
      if (document.status.state === 'opening') return
      setWanted(undefined)
      const line = hunkLine(hunk, document.doc)
      if (line !== undefined) editor.current?.reveal(line)
    }
    show()
    return document.subscribe(show)
  }, [wanted, activeFileId, store, documents, editor])

  return useCallback(
    (hunkId: string) => {
      const fileId = store.read().hunks[hunkId]?.fileId
      if (fileId === undefined || fileId === null) return
      open(fileId)
      setWanted(hunkId)
    },
    [store, open],
  )
}
