'use client'

import { useEffect, useRef, useState } from 'react'
import { useDocuments } from '#session/session-provider.tsx'
import { anchoredLines, anchorLines, touchedLines, type LineRange } from '#session/target-lines.ts'
import { toast } from '#ui/toast.tsx'
import type { CodeEditor } from './hunk-decorations.ts'
import type { InlineEditSubject } from './inline-edit-subject.ts'
import { monaco } from './monaco.ts'
import type { ReadOnly } from './use-read-only.ts'
import { wordReadOnly } from './read-only-wording.ts'

export type InlineEditing = {
  subject: InlineEditSubject | null
  /** Opens the prompt at the selection, or goes back to it. */
  start(): void
  /** Shows the prompt at other lines of the file. */
  move(range: Pick<LineRange, 'start' | 'end'>, prompt: string): void
  /** The focus goes back to the code, where the prompt had it. */
  close(): void
}

/** The inline edit of one editor: at most one prompt is open, and it belongs to the file that is shown. */
export function useInlineEdit({
  editor,
  fileId,
  readOnly,
}: {
  editor: CodeEditor | null
  fileId: string | null
  readOnly: ReadOnly | null
}): InlineEditing {
  const documents = useDocuments()
  const [subject, setSubject] = useState<InlineEditSubject | null>(null)
  const opened = useRef(0)

  const open = (from: number, to: number, prompt = '') => {
    const document = fileId === null ? undefined : documents.get(fileId)
    if (fileId === null || document === undefined) return
    const { text } = document
    const lines = touchedLines(text.toString(), from, to)
    opened.current += 1
    setSubject({ key: opened.current, fileId, text, lines, anchors: anchorLines(text, lines), prompt })
  }

  useEffect(() => {
    // With its model the zone is gone; what is being written goes on, and stands in the chat.
    const changed = editor?.onDidChangeModel(() => setSubject(null))
    return () => changed?.dispose()
  }, [editor])

  return {
    subject,
    start() {
      const model = editor?.getModel()
      const selection = editor?.getSelection()
      if (editor === null || model === null || model === undefined || selection === null || selection === undefined) return
      if (readOnly !== null) {
        const wording = wordReadOnly(readOnly)
        toast(wording?.title ?? 'This file is still being opened', {
          id: 'inline-edit',
          description: wording?.detail ?? 'Try again in a moment.',
        })
        return
      }
      open(model.getOffsetAt(selection.getStartPosition()), model.getOffsetAt(selection.getEndPosition()))
    },
    move: ({ start, end }, prompt) => open(start, end, prompt),
    close() {
      if (editor !== null && subject !== null && document.activeElement?.closest('.inline-edit') !== null) {
        putCursorAt(editor, subject)
        editor.focus()
      }
      setSubject(null)
    },
  }
}

/** Where lines were replaced, the selection is what is left of the old ones: the cursor goes to where the new ones begin. */
function putCursorAt(editor: CodeEditor, { text, anchors, lines }: InlineEditSubject) {
  const now = anchoredLines(text, anchors)
  const model = editor.getModel()
  const selection = editor.getSelection()
  if (now === undefined || model === null || selection === null) return
  const isUntouched = now.end - now.start === lines.end - lines.start
  if (isUntouched) return
  const column = model.getLineFirstNonWhitespaceColumn(now.fromLine)
  editor.setPosition(new monaco.Position(now.fromLine, Math.max(1, column)))
}
