'use client'

import type { Thread } from '#protocol/review.ts'
import { threadLines } from '#session/thread-lines.ts'
import { useDocuments, useSession, useSessionStore } from '#session/session-provider.tsx'
import type { ClientDocuments } from '#session/client-documents.ts'
import type { SessionState } from '#session/session-state.ts'
import { useEffect, useState } from 'react'
import { isUnsettled } from './open-threads.ts'
import { inOrder, neighbourThread, waitingCount, waitsFor, type ListedThread, type ThreadPlace } from './thread-list.ts'
import { watchDocuments } from './watch-documents.ts'

/** Lines move with what people write; a list is not read faster than this. */
const intervalMs = 200

/** Every thread with the place where it stands now, in the order in which they are listed. */
export function useThreads(): ListedThread[] {
  const store = useSessionStore()
  const documents = useDocuments()
  const [threads, setThreads] = useState(() => listedThreads(store.read(), documents))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let seen: SessionState | undefined
    const read = () => {
      timer = undefined
      setThreads(listedThreads(store.read(), documents))
    }
    // What people say appears at once; only places may come late.
    const noticeState = () => {
      const state = store.read()
      if (seen?.review === state.review && seen.files === state.files && seen.you === state.you) return
      seen = state
      clearTimeout(timer)
      read()
    }
    noticeState()
    const stops = [store.subscribe(noticeState), watchDocuments(documents, () => (timer ??= setTimeout(read, intervalMs)))]
    return () => {
      for (const stop of stops) stop()
      clearTimeout(timer)
    }
  }, [store, documents])
  return threads
}

/** How much of the review waits for this person. It does not depend on where threads stand, so no text is read for it. */
export function useWaiting(): number {
  const threads = useSession((state) => state.review.threads)
  const requests = useSession((state) => state.review.requests)
  const you = useSession((state) => state.you)
  return you === null ? 0 : waitingCount(Object.values(threads), requests, you)
}

/** Steps from the thread that is shown to the next that waits to be settled and stands in the code; `within`: in these files alone. */
export function useThreadSteps() {
  const store = useSessionStore()
  const documents = useDocuments()
  return (shownThreadId: string | null, step: 1 | -1, within?: ReadonlySet<string>): ListedThread | undefined => {
    const standing = listedThreads(store.read(), documents).filter(
      ({ thread, place }) => isUnsettled(thread) && place.kind === 'lines' && (within?.has(thread.fileId) ?? true),
    )
    return neighbourThread(standing, shownThreadId, step)
  }
}

export function listedThreads({ review, files, you }: SessionState, documents: ClientDocuments): ListedThread[] {
  const paths = new Map(files.map(({ fileId, path }) => [fileId, path]))
  const texts = new Map<string, string>()
  return inOrder(
    Object.values(review.threads).map((thread) => ({
      thread,
      place: paths.has(thread.fileId) ? placeOf(thread, documents, texts) : { kind: 'detached' },
      path: paths.get(thread.fileId) ?? thread.path,
      waits: you !== null && waitsFor(thread, you),
    })),
  )
}

/** `texts`: of the files that were read already; a file of many threads is read once. */
function placeOf(thread: Thread, documents: ClientDocuments, texts: Map<string, string>): ThreadPlace {
  if (thread.anchor === undefined) return { kind: 'file' }
  const document = documents.get(thread.fileId)
  if (document?.status.state === 'open') {
    const all = texts.get(thread.fileId) ?? document.text.toString()
    texts.set(thread.fileId, all)
    const lines = threadLines(document.text, thread, all)
    return lines === undefined ? { kind: 'detached' } : { kind: 'lines', fromLine: lines.fromLine, toLine: lines.toLine }
  }
  if (thread.detached) return { kind: 'detached' }
  // Not read here: where it stood when it was begun is the best guess until the file is opened.
  return { kind: 'lines', fromLine: thread.fromLine ?? 1, toLine: thread.toLine ?? 1 }
}
