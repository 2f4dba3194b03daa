'use client'

import { Button } from '#ui/button.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { useState } from 'react'
import { useAskReview } from './use-ask-review.ts'
import { usePendingCount } from './use-has-pending.ts'

/** Says that comments are waiting to be submitted, as long as there are some. */
export function PendingBar({ onSubmit }: { onSubmit(): void }) {
  const pending = usePendingCount()
  const ask = useAskReview()
  const [discarding, setDiscarding] = useState(false)
  if (pending === 0) return null
  return (
    <div role="status" className="flex flex-wrap items-center gap-1.5 border-b border-line bg-bg-3 px-3 py-1.5">
      <span className="flex-1 text-small text-text-2">
        {pending === 1 ? '1 pending comment' : `${pending} pending comments`}, seen only by you
      </span>
      <Button size="small" variant="ghost" onClick={() => setDiscarding(true)}>
        Discard
      </Button>
      <Button size="small" variant="strong" onClick={onSubmit}>
        Submit review…
      </Button>
      <ConfirmDialog
        open={discarding}
        onOpenChange={setDiscarding}
        title="Discard the review?"
        description={`${pending === 1 ? 'Your pending comment is' : `Your ${pending} pending comments are`} deleted. Nobody has seen them.`}
        confirm="Discard"
        onConfirm={() => void ask('review.discard', {})}
      />
    </div>
  )
}
