'use client'

import { limits } from '#protocol/limits.ts'
import type { ReviewComment } from '#protocol/review.ts'
import { Button } from '#ui/button.tsx'
import { useState } from 'react'
import { useAskReview } from './use-ask-review.ts'

/** Changes what one's own comment says. */
export function CommentEdit({ comment, onEnd }: { comment: ReviewComment; onEnd(): void }) {
  const ask = useAskReview()
  const [body, setBody] = useState(comment.body)
  const save = async () => {
    if (body.trim() !== '' && (await ask('comment.edit', { commentId: comment.commentId, body }))) onEnd()
  }
  return (
    <div className="flex flex-col gap-1.5">
      <textarea
        aria-label="Edit the comment"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because somebody wants to write
        autoFocus
        value={body}
        maxLength={limits.commentLength}
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.key === 'Escape') onEnd()
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
        }}
        className="field-sizing-content max-h-60 min-h-14 w-full resize-none rounded-control border border-line-strong bg-bg-2 px-2.5 py-1.5 text-text-1 focus:border-focus focus:outline-1 focus:outline-offset-0 focus:outline-focus"
      />
      <div className="flex justify-end gap-1.5">
        <Button size="small" variant="ghost" onClick={onEnd}>
          Cancel
        </Button>
        <Button size="small" variant="strong" disabled={body.trim() === ''} onClick={() => void save()}>
          Save
        </Button>
      </div>
    </div>
  )
}
