'use client'

import type { ReviewComment, Suggestion, Thread } from '#protocol/review.ts'
import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { useAskReview } from './use-ask-review.ts'
import { usePerson } from './use-person.ts'

type SuggestionViewProps = { thread: Thread; comment: ReviewComment; suggestion: Suggestion }

/** What a comment would have instead of the lines, and who has it put there. */
export function SuggestionView({ thread, comment, suggestion }: SuggestionViewProps) {
  const mayApply = useSession((state) => state.you !== null && permits(state.you.role, 'editor'))
  const applier = usePerson(suggestion.appliedBy ?? null)
  const ask = useAskReview()
  const [applying, setApplying] = useState(false)
  const apply = async () => {
    setApplying(true)
    await ask('suggestion.apply', { commentId: comment.commentId })
    setApplying(false)
  }
  const old = thread.quotedText.replace(/\n$/, '').split('\n')
  const wanted = suggestion.text === '' ? [] : suggestion.text.replace(/\n$/, '').split('\n')
  return (
    <figure aria-label="Suggestion" className="mt-1.5 overflow-hidden rounded-control border border-line">
      <figcaption className="flex min-h-8 items-center gap-2 border-b border-line bg-bg-1 px-2 text-small text-text-3">
        <span className="flex-1">{wanted.length === 0 ? 'Suggested: delete these lines' : 'Suggested change'}</span>
        {suggestion.appliedBy !== undefined ? (
          <span className="flex items-center gap-1 text-ok">
            <Check size={13} aria-hidden />
            Applied by {applier.name}
          </span>
        ) : (
          mayApply &&
          !comment.pending && (
            <Button size="small" disabled={applying} onClick={() => void apply()}>
              Apply suggestion
            </Button>
          )
        )}
      </figcaption>
      <div className="max-h-72 overflow-auto bg-bg-2 py-1 font-mono text-[12px] leading-[18px]">
        <Lines lines={old} sign="−" className="bg-[var(--del-bg)] text-[var(--del-text)]" />
        <Lines lines={wanted} sign="+" className="bg-[var(--add-bg)] text-text-1" />
      </div>
    </figure>
  )
}

function Lines({ lines, sign, className }: { lines: string[]; sign: string; className: string }) {
  return lines.map((line, index) => (
    <div key={index} className={`flex min-w-max px-2 ${className}`}>
      <span aria-hidden className="w-4 shrink-0 text-text-3 select-none">
        {sign}
      </span>
      <span className="whitespace-pre">{line === '' ? ' ' : line}</span>
    </div>
  ))
}
