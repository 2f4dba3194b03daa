'use client'

import { useEffect, useEffectEvent, useImperativeHandle, type Ref } from 'react'
import type { ThreadsInEditor } from './editor-props.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import { ThreadZones } from './thread-zones.tsx'
import { useThreadMarks } from './use-thread-marks.ts'

export type CompareThreadsHandle = {
  comment(): void
  /** Whether somebody is about to begin a thread. */
  isCommenting(): boolean
}

type CompareThreadsProps = {
  /** The side of the comparison that shows the file as it is now. */
  editor: CodeEditor
  fileId: string
  /** Whether unchanged lines are folded already, so that a place that is shown stays in sight. */
  isCompared: boolean
  threads: ThreadsInEditor
  ref?: Ref<CompareThreadsHandle>
}

/** The conversations about a compared file, at its lines as they are now. Lives as long as the side shows the same model. */
export function CompareThreads({ editor, fileId, isCompared, threads, ref }: CompareThreadsProps) {
  const marks = useThreadMarks({ editor, fileId, shownThreadId: threads.shownThreadId, onShowThread: threads.onShow })
  useImperativeHandle(ref, () => ({ comment: marks.commentOnSelection, isCommenting: () => marks.commenting !== null }))

  const { threadId, fromLine } = marks.shown ?? {}
  const unfold = (line: number) => {
    // Unchanged lines unfold where the cursor goes, not where it is.
    editor.setPosition({ lineNumber: line === 1 ? 2 : line - 1, column: 1 })
    editor.setPosition({ lineNumber: line, column: 1 })
    editor.revealLineInCenterIfOutsideViewport(line)
  }
  const revealThread = useEffectEvent(() => fromLine !== undefined && unfold(fromLine))
  useEffect(() => {
    if (isCompared && threadId !== undefined) revealThread()
  }, [isCompared, threadId])
  // A comment is begun at lines that are in sight; those of an early one are folded away once the texts are compared.
  const revealComment = useEffectEvent(() => {
    const line = marks.commenting?.lines?.fromLine
    const selection = editor.getSelection()
    if (line === undefined || selection === null) return
    unfold(line)
    editor.setSelection(selection)
  })
  useEffect(() => {
    if (isCompared) revealComment()
  }, [isCompared])

  return <ThreadZones editor={editor} marks={marks} threads={threads} />
}
