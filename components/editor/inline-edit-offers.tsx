'use client'

import { useSession } from '#session/session-provider.tsx'
import { anchoredLines, type LineRange } from '#session/target-lines.ts'
import { offeredPrompts } from './inline-edit-prompts.ts'
import type { InlineEditSubject } from './inline-edit-subject.ts'

/** What has a recorded answer here, while the replay backend is chosen. */
export function InlineEditOffers({
  subject,
  onAsk,
  onMove,
}: {
  subject: InlineEditSubject
  onAsk(prompt: string): void
  onMove(range: Pick<LineRange, 'start' | 'end'>, prompt: string): void
}) {
  const recorded = useSession(({ backends, session }) =>
    backends.some(({ backendId, kind }) => backendId === session?.backendId && kind === 'recorded'),
  )
  const prompts = useSession((state) => state.recordedPrompts)
  const path = useSession(({ files }) => files.find(({ fileId }) => fileId === subject.fileId)?.path)
  const lines = anchoredLines(subject.text, subject.anchors)
  if (!recorded || path === undefined || lines === undefined) return null
  const offered = offeredPrompts(prompts, path, subject.text.toString(), lines)
  if (offered.length === 0) return null
  return (
    <ul aria-label="Recorded inline edits" className="flex min-w-0 flex-1 flex-wrap gap-1.5">
      {offered.map(({ title, prompt, at }) => (
        <li key={title}>
          <button
            type="button"
            title={prompt}
            onClick={() => (at === undefined ? onAsk(prompt) : onMove(at, prompt))}
            className="h-6 rounded-full border border-line-strong px-2.5 text-small whitespace-nowrap text-text-2 hover:bg-bg-hover hover:text-text-1"
          >
            {title}
            {at !== undefined && <span className="text-text-3"> · line {at.line}</span>}
          </button>
        </li>
      ))}
    </ul>
  )
}
