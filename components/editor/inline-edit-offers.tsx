'use client'

import { useState, useSyncExternalStore } from 'react'
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
  const [reader] = useState(() => textReader(subject))
  const { content, lines } = useSyncExternalStore(reader.subscribe, reader.read, reader.read)
  if (!recorded || path === undefined || lines === undefined) return null
  const offered = offeredPrompts(prompts, path, content, lines)
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

type TextReading = { content: string; lines: LineRange | undefined }

/** The text and the subject's lines in it, which others may move meanwhile; the same object until the text is another one. */
function textReader({ text, anchors }: InlineEditSubject) {
  let reading: TextReading | undefined
  return {
    read(): TextReading {
      const content = text.toString()
      if (reading?.content !== content) reading = { content, lines: anchoredLines(text, anchors) }
      return reading
    },
    subscribe(listener: () => void): () => void {
      text.observe(listener)
      return () => text.unobserve(listener)
    },
  }
}
