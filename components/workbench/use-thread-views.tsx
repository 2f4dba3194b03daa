'use client'

import type { ThreadsInEditor } from '#editor/editor-props.ts'
import { NewThread } from '#review/new-thread.tsx'
import { SubmitDialog } from '#review/submit-dialog.tsx'
import type { ListedThread } from '#review/thread-list.ts'
import { ThreadsPanel, type ThreadsPanelHandle } from '#review/threads-panel.tsx'
import { ThreadView } from '#review/thread-view.tsx'
import { listedThreads, useThreadSteps } from '#review/use-threads.ts'
import { useDocuments, useSessionStore } from '#session/session-provider.tsx'
import { useRef, useState } from 'react'

/** Which thread is shown in the code, and the ways to others. */
export function useThreadViews(revealPlace: (fileId: string, line: number, column: number) => void) {
  const store = useSessionStore()
  const documents = useDocuments()
  const threadAt = useThreadSteps()
  const [shownThreadId, setShown] = useState<string | null>(null)
  const panel = useRef<ThreadsPanelHandle>(null)
  const [submitting, setSubmitting] = useState(false)

  const show = ({ thread, place }: ListedThread) => {
    if (place.kind !== 'lines') return
    setShown(thread.threadId)
    revealPlace(thread.fileId, place.fromLine, 1)
  }
  const reveal = (threadId: string) => {
    const listed = listedThreads(store.read(), documents).find(({ thread }) => thread.threadId === threadId)
    if (listed !== undefined) show(listed)
  }
  const step = (places: 1 | -1) => {
    const next = threadAt(shownThreadId, places)
    if (next !== undefined) show(next)
    return next !== undefined
  }
  const inEditor: ThreadsInEditor = {
    shownThreadId,
    onShow: setShown,
    onStep: (places) => void step(places),
    ThreadView,
    NewThread,
  }
  return {
    step,
    inEditor,
    submit: () => setSubmitting(true),
    focus: () => panel.current?.focus(),
    panel: <ThreadsPanel ref={panel} shownThreadId={shownThreadId} onReveal={reveal} onSubmit={() => setSubmitting(true)} />,
    dialog: <SubmitDialog open={submitting} onOpenChange={setSubmitting} />,
  }
}
