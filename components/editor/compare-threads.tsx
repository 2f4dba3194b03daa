'use client'

import { useEffect, useEffectEvent, useImperativeHandle, type Ref } from 'react'
import type { ThreadsInEditor } from './editor-props.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import { ThreadZones } from './thread-zones.tsx'
import { useThreadMarks } from './use-thread-marks.ts'

export type CompareThreadsHandle = { comment(): void }

type CompareThreadsProps = {
  /** The side of the comparison that shows the file as it is now. */
  editor: CodeEditor
  fileId: string
  threads: ThreadsInEditor
  ref?: Ref<CompareThreadsHandle>
}

/** The conversations about a compared file, at its lines as they are now. Lives as long as the side shows the same model. */
export function CompareThreads({ editor, fileId, threads, ref }: CompareThreadsProps) {
  const marks = useThreadMarks({ editor, fileId, shownThreadId: threads.shownThreadId, onShowThread: threads.onShow })
  useImperativeHandle(ref, () => ({ comment: marks.commentOnSelection }))

  const { threadId, fromLine } = marks.shown ?? {}
  const reveal = useEffectEvent(() => {
    if (fromLine === undefined) return
    // Where the cursor goes, unchanged lines unfold.
    editor.setPosition({ lineNumber: fromLine, column: 1 })
    editor.revealLineInCenterIfOutsideViewport(fromLine)
  })
  useEffect(() => {
    if (threadId !== undefined) reveal()
  }, [threadId])

  return <ThreadZones editor={editor} marks={marks} threads={threads} />
}
