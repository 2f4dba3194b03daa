'use client'

import { limits } from '#protocol/limits.ts'
import type { Verdict } from '#protocol/review.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { useId, useState } from 'react'
import { verdictWording } from './review-wording.ts'
import { useAskReview } from './use-ask-review.ts'
import { usePendingCount } from './use-has-pending.ts'

const verdicts = ['comment', 'approve', 'request_changes'] as const

/** Shows one's pending comments to everyone at once, with a verdict. */
export function SubmitDialog({ open, onOpenChange }: { open: boolean; onOpenChange(open: boolean): void }) {
  const pending = usePendingCount()
  const ask = useAskReview()
  const name = useId()
  const [verdict, setVerdict] = useState<Verdict>('comment')
  const [body, setBody] = useState('')
  const saysNothing = verdict !== 'approve' && pending === 0 && body.trim() === ''
  const submit = async () => {
    if (saysNothing || (await ask('review.submit', { verdict, body })) === undefined) return
    setBody('')
    onOpenChange(false)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Submit the review"
      description={
        pending === 0
          ? 'You have no pending comments.'
          : `Everybody sees your ${pending === 1 ? 'pending comment' : `${pending} pending comments`} at once.`
      }
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="strong" disabled={saysNothing} onClick={() => void submit()}>
            Submit review
          </Button>
        </>
      }
    >
      <textarea
        aria-label="Summary"
        value={body}
        maxLength={limits.commentLength}
        placeholder="A summary, if you like"
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
        }}
        className="field-sizing-content max-h-60 min-h-16 w-full resize-none rounded-control border border-line-strong bg-bg-2 px-2.5 py-1.5 focus:border-focus focus:outline-1 focus:outline-offset-0 focus:outline-focus"
      />
      <fieldset className="pt-2">
        <legend className="sr-only">Verdict</legend>
        {verdicts.map((one) => (
          <label key={one} aria-label={verdictWording[one].label} className="flex cursor-pointer items-start gap-2 py-1">
            <input
              type="radio"
              name={name}
              checked={verdict === one}
              onChange={() => setVerdict(one)}
              className="mt-0.5 accent-[var(--info)]"
            />
            <span>
              <span className="font-medium">{verdictWording[one].label}</span>
              <span className="block text-small text-text-3">{verdictWording[one].hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}
