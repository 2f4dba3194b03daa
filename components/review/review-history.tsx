'use client'

import { permits } from '#protocol/roles.ts'
import type { Review } from '#protocol/review.ts'
import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { Menu } from '#ui/menu.tsx'
import { useReviewParts } from './review-parts.ts'
import { verdictWording } from './review-wording.ts'
import { useAskReview } from './use-ask-review.ts'
import { usePerson } from './use-person.ts'

/** Whose review is waited for, and what reviews have said, the newest first. */
export function ReviewHistory() {
  const reviews = useSession((state) => state.review.reviews)
  const requests = useSession((state) => state.review.requests)
  const participants = useSession((state) => state.participants)
  const mayReview = useSession((state) => state.you !== null && permits(state.you.role, 'reviewer'))
  const ask = useAskReview()
  const asked = new Set(requests.map(({ participantId }) => participantId))
  const you = useSession((state) => state.you?.participantId)
  // Who was asked and has left stays in the list: the question can be taken back.
  const others = participants.filter(
    ({ participantId, role, removed }) =>
      asked.has(participantId) || (removed !== true && participantId !== you && permits(role, 'reviewer')),
  )
  return (
    <section aria-label="Reviews" className="mt-2 border-t border-line pt-1.5">
      <div className="flex items-center gap-2 px-3">
        <h3 className="flex-1 text-small font-semibold text-text-2">Reviews</h3>
        {mayReview && others.length > 0 && (
          <Menu
            label="Ask for a review"
            entries={others.map(({ participantId, name }) => ({
              type: 'choice' as const,
              label: name,
              checked: asked.has(participantId),
              onSelect: () => void ask('review.request', { participantId, on: !asked.has(participantId) }),
            }))}
          >
            <Button size="small" variant="ghost">
              Ask for a review
            </Button>
          </Menu>
        )}
      </div>
      {requests.length > 0 && (
        <p className="px-3 py-0.5 text-small text-text-3">
          Waiting for {requests.map(({ participantId }) => nameOf(participants, participantId)).join(', ')}
        </p>
      )}
      <ul aria-label="Submitted reviews">
        {reviews.toReversed().map((review) => (
          <li key={review.reviewId}>
            <SubmittedReview review={review} />
          </li>
        ))}
      </ul>
      {reviews.length === 0 && requests.length === 0 && (
        <p className="px-3 py-0.5 text-small text-text-3">None was submitted yet.</p>
      )}
    </section>
  )
}

const verdictClass = { approve: 'text-ok', request_changes: 'text-bad', comment: 'text-text-2' } as const

function SubmittedReview({ review }: { review: Review }) {
  const { Prose, Sign } = useReviewParts()
  const author = usePerson(review.author)
  return (
    <div className="flex gap-2 px-3 py-1">
      <span className="pt-px">
        <Sign name={author.name} colour={author.colour} />
      </span>
      <div className="min-w-0 flex-1">
        <p>
          <span className="font-medium">{author.name}</span>{' '}
          <span className={verdictClass[review.verdict]}>{verdictWording[review.verdict].did}</span>
          {review.comments > 0 && (
            <span className="text-small text-text-3">
              {' '}
              · {review.comments === 1 ? '1 comment' : `${review.comments} comments`}
            </span>
          )}
        </p>
        {review.body !== '' && <Prose text={review.body} />}
      </div>
    </div>
  )
}

function nameOf(participants: readonly { participantId: string; name: string }[], id: string): string {
  return participants.find(({ participantId }) => participantId === id)?.name ?? 'somebody'
}
