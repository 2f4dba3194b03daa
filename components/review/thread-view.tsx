'use client'

import { permits } from '#protocol/roles.ts'
import { newId } from '#session/new-id.ts'
import { threadLines } from '#session/thread-lines.ts'
import { useDocuments, useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { CommentForm } from './comment-form.tsx'
import { CommentView } from './comment-view.tsx'
import { linesWording, stateWording } from './review-wording.ts'
import { ThreadDecisions } from './thread-decisions.tsx'
import { useAskReview } from './use-ask-review.ts'
import { useHasPending } from './use-has-pending.ts'

export type ThreadViewProps = {
  threadId: string
  /** What it quotes is shown, because its lines are not beside it. */
  quotes?: boolean
  onClose?(): void
  /** To the next thread (1) or the one before. */
  onStep?(step: 1 | -1): void
}

/** A whole conversation, and a place to answer. */
export function ThreadView({ threadId, quotes = false, onClose, onStep }: ThreadViewProps) {
  const thread = useSession((state) => state.review.threads[threadId])
  const mayReview = useSession((state) => state.you !== null && permits(state.you.role, 'reviewer'))
  const documents = useDocuments()
  const inReview = useHasPending()
  const ask = useAskReview()
  const [answering, setAnswering] = useState(false)
  const now = useMinute()
  if (thread === undefined) return null

  const where = thread.fromLine === undefined ? 'this file' : linesWording(thread.fromLine, thread.toLine ?? thread.fromLine)
  const linesNow = () => {
    const document = documents.get(thread.fileId)
    const lines = document && threadLines(document.text, thread)
    return lines && document.text.toString().slice(lines.start, lines.end)
  }
  return (
    <section
      aria-label={`Thread about ${where}`}
      className="rounded-card border border-line-strong bg-bg-1 text-ui shadow-float"
    >
      <header className="flex min-h-8 items-center gap-1 border-b border-line pr-1 pl-3">
        <span className="min-w-0 flex-1 truncate text-small text-text-3">{stateWording[thread.state]}</span>
        {onStep !== undefined && (
          <>
            <IconButton label="Previous thread" size="small" onClick={() => onStep(-1)}>
              <ChevronUp size={14} aria-hidden />
            </IconButton>
            <IconButton label="Next thread" size="small" onClick={() => onStep(1)}>
              <ChevronDown size={14} aria-hidden />
            </IconButton>
          </>
        )}
        {onClose !== undefined && (
          <IconButton label="Close the thread" size="small" onClick={onClose}>
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </header>
      <div className="max-h-[min(420px,60dvh)] overflow-y-auto px-3 py-1">
        {quotes && thread.quotedText !== '' && (
          <pre className="my-1 max-h-32 overflow-auto rounded-control border border-line bg-bg-2 p-2 font-mono text-[12px] leading-[18px] text-text-2">
            {thread.quotedText}
          </pre>
        )}
        {thread.comments.map((comment) => (
          <CommentView key={comment.commentId} thread={thread} comment={comment} now={now} />
        ))}
      </div>
      {mayReview && (
        <footer className="border-t border-line p-2">
          {answering ? (
            <CommentForm
              label="Reply"
              placeholder="Reply…"
              draftKey={thread.threadId}
              inReview={inReview}
              takesFocus
              suggestFrom={linesNow() === undefined ? undefined : linesNow}
              onCancel={() => setAnswering(false)}
              onSend={async ({ body, suggestion }, pending) => {
                const sent = await ask('thread.reply', {
                  threadId,
                  commentId: newId(),
                  body,
                  pending,
                  ...(suggestion === undefined ? {} : { suggestion: { text: suggestion } }),
                })
                if (sent !== undefined) setAnswering(false)
                return sent !== undefined
              }}
            />
          ) : (
            <div className="flex flex-wrap items-center gap-1.5">
              <Button size="small" onClick={() => setAnswering(true)}>
                Reply
              </Button>
              <ThreadDecisions thread={thread} />
            </div>
          )}
        </footer>
      )}
    </section>
  )
}

/** The time, told anew every minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 60_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
