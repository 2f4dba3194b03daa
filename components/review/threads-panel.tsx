'use client'

import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { useImperativeHandle, useRef, useState, type Ref } from 'react'
import { FileName } from './file-name.tsx'
import { PendingBar } from './pending-bar.tsx'
import { ReviewHistory } from './review-history.tsx'
import { byFile, isListed, type ListedThread, type ThreadFilter } from './thread-list.ts'
import { ThreadRow } from './thread-row.tsx'
import { ThreadView } from './thread-view.tsx'
import { useThreads } from './use-threads.ts'

export type ThreadsPanelHandle = { focus(): void }

type ThreadsPanelProps = {
  /** The thread that is shown in the editor. */
  shownThreadId: string | null
  /** Shows a thread at its lines; `enter`: and goes on there. */
  onReveal(threadId: string): void
  onSubmit(): void
  ref?: Ref<ThreadsPanelHandle>
}

const filters: { filter: ThreadFilter; label: string }[] = [
  { filter: 'open', label: 'Open' },
  { filter: 'waiting', label: 'Waiting for me' },
  { filter: 'suggested', label: 'Suggested' },
  { filter: 'detached', label: 'Detached' },
  { filter: 'resolved', label: 'Resolved' },
]

/** Every conversation of the review, by file. */
export function ThreadsPanel({ shownThreadId, onReveal, onSubmit, ref }: ThreadsPanelProps) {
  const threads = useThreads()
  const mayReview = useSession((state) => state.you !== null && permits(state.you.role, 'reviewer'))
  const [filter, setFilter] = useState<ThreadFilter>('open')
  /** A thread that stands in no file any more is shown here. */
  const [unfolded, setUnfolded] = useState<string | null>(null)
  const panel = useRef<HTMLElement>(null)
  useImperativeHandle(ref, () => ({
    focus: () => (panel.current?.querySelector<HTMLElement>('[data-thread]') ?? panel.current)?.focus(),
  }))
  const counts = new Map(filters.map(({ filter: one }) => [one, threads.filter((thread) => isListed(thread, one)).length]))
  const listed = threads.filter((thread) => isListed(thread, filter))
  const press = ({ thread, place }: ListedThread) => {
    if (place.kind === 'lines') onReveal(thread.threadId)
    else setUnfolded(unfolded === thread.threadId ? null : thread.threadId)
  }

  return (
    <section ref={panel} aria-label="Threads" tabIndex={-1} className="flex h-full min-h-0 flex-col outline-none">
      <div className="flex h-8.5 shrink-0 items-center gap-2 px-3">
        <h2 className="flex-1 text-small font-semibold text-text-2">Review</h2>
        {mayReview && (
          <Button size="small" variant="ghost" onClick={onSubmit}>
            Submit review…
          </Button>
        )}
      </div>
      <PendingBar onSubmit={onSubmit} />
      <div role="group" aria-label="Which threads" className="flex shrink-0 flex-wrap gap-1 px-2 pb-1.5">
        {filters.map(({ filter: one, label }) => (
          <button
            key={one}
            type="button"
            aria-pressed={filter === one}
            onClick={() => setFilter(one)}
            className="rounded-full px-2 py-0.5 text-small text-text-3 hover:bg-bg-hover hover:text-text-1 aria-pressed:bg-bg-3 aria-pressed:text-text-1"
          >
            {label}
            {(counts.get(one) ?? 0) > 0 && <span className="pl-1 tabular-nums">{counts.get(one)}</span>}
          </button>
        ))}
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto pb-2">
        {listed.length === 0 && <Empty filter={filter} mayReview={mayReview} />}
        {byFile(listed).map(({ path, threads: own }) => (
          <div key={path}>
            <h3 className="truncate px-3 pt-1.5 pb-0.5 text-small text-text-2" title={path}>
              <FileName path={path} />
            </h3>
            <ul aria-label={`Threads in ${path}`}>
              {own.map((one) => (
                <li key={one.thread.threadId} className={classNames(one.thread.threadId === shownThreadId && 'bg-bg-3')}>
                  <ThreadRow listed={one} onPress={() => press(one)} />
                  {unfolded === one.thread.threadId && one.place.kind !== 'lines' && (
                    <div className="px-2 pb-2">
                      <ThreadView threadId={one.thread.threadId} quotes onClose={() => setUnfolded(null)} />
                    </div>
                  )}
                </li>
              ))}
            </ul>
          </div>
        ))}
        <ReviewHistory />
      </div>
    </section>
  )
}

function Empty({ filter, mayReview }: { filter: ThreadFilter; mayReview: boolean }) {
  const wording = {
    open: 'Nobody has begun a conversation about the code.',
    waiting: 'Nothing waits for you.',
    suggested:
      'The assistant has suggested nothing. Ask it for a review of files in their menu in the tree, or of changes in the comparison.',
    detached: 'Every thread still stands at its lines.',
    resolved: 'Nothing was resolved yet.',
  }[filter]
  return (
    <div className="px-3 pt-1 text-text-3">
      <p className="text-text-2">{wording}</p>
      {filter === 'open' && mayReview && (
        <p className="pt-1">Select lines and press Ctrl+Alt+C, or press + beside a line, to comment on them.</p>
      )}
    </div>
  )
}
