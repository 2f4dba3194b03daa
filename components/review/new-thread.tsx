'use client'

import { newId } from '#session/new-id.ts'
import { CommentForm } from './comment-form.tsx'
import { linesWording } from './review-wording.ts'
import { useAskReview } from './use-ask-review.ts'
import { useHasPending } from './use-has-pending.ts'

export type NewThreadProps = {
  fileId: string
  /** Absent for a thread about the file. */
  lines?: {
    fromLine: number
    toLine: number
    anchor: { start: Uint8Array<ArrayBuffer>; end: Uint8Array<ArrayBuffer> }
    text: string
  }
  /** With the new thread, or without one where it was given up. */
  onEnd(threadId?: string): void
}

/** Begins a conversation about lines, or about a file. */
export function NewThread({ fileId, lines, onEnd }: NewThreadProps) {
  const ask = useAskReview()
  const inReview = useHasPending()
  const where = lines === undefined ? 'this file' : linesWording(lines.fromLine, lines.toLine)
  return (
    <section
      aria-label={`Comment on ${where}`}
      className="rounded-card border border-line-strong bg-bg-1 p-2 text-ui shadow-float"
    >
      <p className="px-1 pb-1.5 text-small text-text-3">Comment on {where}</p>
      <CommentForm
        label={`Comment on ${where}`}
        placeholder="What about it?"
        draftKey={`new:${fileId}`}
        inReview={inReview}
        takesFocus
        suggestFrom={lines && (() => lines.text)}
        onCancel={() => onEnd()}
        onSend={async ({ body, suggestion }, pending) => {
          const created = await ask('thread.create', {
            fileId,
            commentId: newId(),
            body,
            pending,
            ...(lines === undefined ? {} : { anchor: lines.anchor }),
            ...(suggestion === undefined || lines === undefined ? {} : { suggestion: { text: suggestion } }),
          })
          if (created !== undefined) onEnd(created.threadId)
          return created !== undefined
        }}
      />
    </section>
  )
}
