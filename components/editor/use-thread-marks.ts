'use client'

import { permits } from '#protocol/roles.ts'
import { useDocuments, useSession, useSessionStore } from '#session/session-provider.tsx'
import { selectionOf, touchedLines, type LineRange } from '#session/target-lines.ts'
import { threadLines } from '#session/thread-lines.ts'
import type * as Y from 'yjs'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { followText } from '#session/follow-text.ts'
import type { NewThreadLines } from './editor-props.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import { monaco } from './monaco.ts'
import { ThreadMarks, type MarkedThread } from './thread-marks.ts'

/** What somebody is about to comment on; without lines the file. */
export type Commenting = { key: number; fileId: string; lines?: NewThreadLines }

export type ThreadMarking = {
  /** The thread that is open, at its lines in the file that is shown. */
  shown: MarkedThread | undefined
  commenting: Commenting | null
  commentOnSelection(): void
  endComment(threadId?: string): void
}

/** The threads of the file that an editor shows, and the one that somebody is about to begin. */
export function useThreadMarks({
  editor,
  fileId,
  shownThreadId,
  onShowThread,
}: {
  editor: CodeEditor | null
  fileId: string | null
  shownThreadId: string | null
  onShowThread(threadId: string | null): void
}): ThreadMarking {
  const documents = useDocuments()
  const store = useSessionStore()
  const mayReview = useSession((state) => state.you !== null && permits(state.you.role, 'reviewer'))
  const [marks, setMarks] = useState<ThreadMarks | null>(null)
  const [threads, setThreads] = useState<readonly MarkedThread[]>([])
  const [commenting, setCommenting] = useState<Commenting | null>(null)
  const begun = useRef(0)

  const begin = (from: number, to: number) => {
    const document = fileId === null ? undefined : documents.get(fileId)
    if (fileId === null || document === undefined || !mayReview) return
    begun.current += 1
    const { text } = document
    const lines = touchedLines(text.toString(), from, to)
    const next = { key: begun.current, fileId, ...(lines.end > lines.start ? { lines: pointed(text, lines) } : {}) }
    // At once: what is typed right after the keys that begin a comment is meant for the comment.
    flushSync(() => {
      onShowThread(null)
      setCommenting(next)
    })
  }
  const commentOnSelection = () => {
    const model = editor?.getModel()
    const selection = editor?.getSelection()
    if (model === null || model === undefined || selection === null || selection === undefined) return
    begin(model.getOffsetAt(selection.getStartPosition()), model.getOffsetAt(selection.getEndPosition()))
  }
  const commentOnLine = useEffectEvent((line: number) => {
    const model = editor?.getModel()
    const selection = editor?.getSelection()
    if (model === null || model === undefined) return
    // Within a selection it is the selection that is meant.
    if (selection?.isEmpty() === false && line >= selection.startLineNumber && line <= selection.endLineNumber) {
      return commentOnSelection()
    }
    const at = model.getOffsetAt({ lineNumber: line, column: 1 })
    begin(at, at)
  })
  const toggle = useEffectEvent((threadId: string) => onShowThread(threadId === shownThreadId ? null : threadId))
  const commentFromKeys = useEffectEvent(commentOnSelection)

  useEffect(() => {
    if (editor === null) return
    const created = new ThreadMarks(editor, { onToggle: (id) => toggle(id), onComment: (line) => commentOnLine(line) })
    const { KeyCode, KeyMod } = monaco
    const action = editor.addAction({
      id: 'flint.comment',
      label: 'Comment on these lines',
      keybindings: [KeyMod.CtrlCmd | KeyMod.Alt | KeyCode.KeyC],
      contextMenuGroupId: '1_modification',
      contextMenuOrder: 2,
      run: () => commentFromKeys(),
    })
    // oxlint-disable-next-line react/set-state-in-effect -- what lives outside React is made and closed by this effect
    setMarks(created)
    return () => {
      action.dispose()
      created.dispose()
      setMarks(null)
    }
  }, [editor])

  useEffect(() => {
    if (fileId === null) return
    const read = () => {
      const document = documents.get(fileId)
      const text = document?.status.state === 'open' ? document.text : undefined
      const all = text?.toString()
      const own = Object.values(store.read().review.threads).filter((thread) => thread.fileId === fileId)
      const now = own.flatMap((thread) => {
        const isOver = thread.state === 'resolved' || thread.state === 'dismissed'
        const lines = text && threadLines(text, thread, all)
        if (lines === undefined || (isOver && thread.threadId !== shownThreadId)) return []
        return [{ threadId: thread.threadId, ...lines, isShown: thread.threadId === shownThreadId }]
      })
      // Most typing moves no thread to another line: the editor would be rendered again for nothing.
      setThreads((before) => (sameMarks(before, now) ? before : now))
    }
    let seen = store.read().review
    const stops = [
      store.subscribe(() => {
        const { review } = store.read()
        if (review === seen) return
        seen = review
        read()
      }),
      followText(documents, fileId, read),
    ]
    return () => {
      for (const stop of stops) stop()
      setThreads((before) => (before.length === 0 ? before : []))
    }
  }, [documents, store, fileId, shownThreadId])

  useEffect(() => marks?.draw(threads), [marks, threads])
  useEffect(() => marks?.mayComment(mayReview && fileId !== null), [marks, mayReview, fileId])
  const isElsewhere = commenting !== null && commenting.fileId !== fileId

  return {
    shown: threads.find(({ isShown }) => isShown),
    commenting: isElsewhere ? null : commenting,
    commentOnSelection,
    endComment(threadId?: string) {
      setCommenting(null)
      if (threadId !== undefined) onShowThread(threadId)
      editor?.focus()
    },
  }
}

/** Decorations follow what is typed by themselves; only lines are drawn, and told. */
function sameMarks(one: readonly MarkedThread[], other: readonly MarkedThread[]): boolean {
  return (
    one.length === other.length &&
    one.every((mark, index) => {
      const { threadId, fromLine, toLine, isShown } = other[index] ?? {}
      return mark.threadId === threadId && mark.fromLine === fromLine && mark.toLine === toLine && mark.isShown === isShown
    })
  )
}

function pointed(text: Y.Text, lines: LineRange): NewThreadLines {
  const { fromLine, toLine } = lines
  return { fromLine, toLine, anchor: selectionOf(text, lines), text: text.toString().slice(lines.start, lines.end) }
}
