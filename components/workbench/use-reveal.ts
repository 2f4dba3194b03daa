'use client'

import type { EditorHandle } from '#editor/editor-props.ts'
import { useDocuments, useSessionStore } from '#session/session-provider.tsx'
import { useEffect, useState, type RefObject } from 'react'
import { candidateLines, hunkLine } from './hunk-line.ts'

type Wanted = { fileId: string } & ({ hunkId: string; candidate?: number } | { line: number; column: number })

/** Shows a place of a file: opens the file, waits until the editor and the document are there, then goes to the place. */
export function useReveal(editor: RefObject<EditorHandle | null>, activeFileId: string | null, open: (fileId: string) => void) {
  const store = useSessionStore()
  const documents = useDocuments()
  const [wanted, setWanted] = useState<Wanted | undefined>(undefined)

  useEffect(() => {
    if (!wanted || wanted.fileId !== activeFileId) return
    const document = documents.open(wanted.fileId)
    let frame: number | undefined
    const show = () => {
      if (document.status.state === 'opening') return
      if (!editor.current) {
        // Its code may still be loading.
        frame ??= requestAnimationFrame(() => {
          frame = undefined
          show()
        })
        return
      }
      setWanted(undefined)
      if ('line' in wanted) return editor.current.reveal(wanted.line, wanted.column)
      const hunk = store.read().hunks[wanted.hunkId]
      if (hunk === undefined) return
      if (wanted.candidate !== undefined) {
        const lines = candidateLines(hunk, wanted.candidate, document.doc)
        return lines && editor.current.point(lines.from, lines.to)
      }
      const line = hunkLine(hunk, document.doc)
      if (line !== undefined) editor.current.reveal(line)
    }
    show()
    const stop = document.subscribe(show)
    return () => {
      stop()
      if (frame !== undefined) cancelAnimationFrame(frame)
    }
  }, [wanted, activeFileId, store, documents, editor])

  return {
    /** `candidate`: one of the places where a proposal could go. */
    revealHunk: (hunkId: string, candidate?: number) => {
      const fileId = store.read().hunks[hunkId]?.fileId
      if (fileId === undefined || fileId === null) return
      open(fileId)
      setWanted({ fileId, hunkId, ...(candidate !== undefined && { candidate }) })
    },
    revealPlace: (fileId: string, line: number, column: number) => {
      open(fileId)
      setWanted({ fileId, line, column })
    },
  }
}
