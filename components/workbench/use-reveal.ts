'use client'

import type { EditorHandle } from '#editor/editor-props.ts'
import { useDocuments, useSessionStore } from '#session/session-provider.tsx'
import { useEffect, useState, type RefObject } from 'react'
import { hunkLine } from './hunk-line.ts'

type Wanted = { fileId: string } & ({ hunkId: string } | { line: number; column: number })

/** Shows a place of a file: opens the file, waits until the editor and the document are there, then goes to the place. */
export function useReveal(editor: RefObject<EditorHandle | null>, activeFileId: string | null, open: (fileId: string) => void) {
  const store = useSessionStore()
  const documents = useDocuments()
  const [wanted, setWanted] = useState<Wanted | undefined>(undefined)

  useEffect(() => {
    if (!wanted || wanted.fileId !== activeFileId) return
    const document = documents.open(wanted.fileId)
    const show = () => {
      if (document.status.state === 'opening' || !editor.current) return
      setWanted(undefined)
      if ('line' in wanted) return editor.current.reveal(wanted.line, wanted.column)
      const hunk = store.read().hunks[wanted.hunkId]
      const line = hunk && hunkLine(hunk, document.doc)
      if (line !== undefined) editor.current.reveal(line)
    }
    show()
    return document.subscribe(show)
  }, [wanted, activeFileId, store, documents, editor])

  return {
    revealHunk: (hunkId: string) => {
      const fileId = store.read().hunks[hunkId]?.fileId
      if (fileId === undefined || fileId === null) return
      open(fileId)
      setWanted({ fileId, hunkId })
    },
    revealPlace: (fileId: string, line: number, column: number) => {
      open(fileId)
      setWanted({ fileId, line, column })
    },
  }
}
