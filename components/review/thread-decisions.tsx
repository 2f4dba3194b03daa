'use client'

import type { Thread } from '#protocol/review.ts'
import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Check, RotateCcw, Sparkles } from 'lucide-react'
import { useAskReview } from './use-ask-review.ts'
import { useMayAsk } from './use-may-ask.ts'

/** Brings a thread to an end, or takes it up again. */
export function ThreadDecisions({ thread }: { thread: Thread }) {
  const you = useSession((state) => state.you)
  const mayAsk = useMayAsk()
  const ask = useAskReview()
  const { threadId, state, createdBy } = thread
  const mayDecide = you !== null && (permits(you.role, 'editor') || createdBy === you.participantId || createdBy === null)
  if (!mayDecide) return null
  const decide = (decision: 'resolve' | 'reopen' | 'accept' | 'dismiss') => void ask('thread.decide', { threadId, decision })
  if (state === 'suggested') {
    return (
      <>
        <Button size="small" variant="strong" onClick={() => decide('accept')}>
          Accept
        </Button>
        <Button size="small" variant="ghost" onClick={() => decide('dismiss')}>
          Dismiss
        </Button>
      </>
    )
  }
  if (state === 'open') {
    return (
      <>
        <Button size="small" variant="ghost" onClick={() => decide('resolve')}>
          <Check size={13} aria-hidden />
          Resolve
        </Button>
        {mayAsk && (
          <Button size="small" variant="ghost" onClick={() => void ask('thread.ask', { threadId })}>
            <Sparkles size={13} aria-hidden />
            Hand to the assistant
          </Button>
        )}
      </>
    )
  }
  return (
    <Button size="small" variant="ghost" onClick={() => decide('reopen')}>
      <RotateCcw size={13} aria-hidden />
      Reopen
    </Button>
  )
}
