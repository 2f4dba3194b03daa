import type { Reviews } from '#reviews/reviews.ts'
import { personRoom } from './join.ts'
import type { Outbound } from './outbound/outbound.ts'

/** Tells what happens in a review to those who may know of it. Returns its undo. */
export function tellReview(outbound: Outbound, reviews: Reviews): () => void {
  return reviews.onEvent((event) => {
    const { sessionId } = event
    const to = (participantId: string | undefined) =>
      participantId === undefined ? {} : { only: personRoom(sessionId, participantId) }
    switch (event.type) {
      case 'thread':
        outbound.tell(sessionId, 'thread.changed', event.thread, {
          ...to(event.to),
          except: event.except.map((participantId) => personRoom(sessionId, participantId)),
        })
        break
      case 'removed':
        outbound.tell(sessionId, 'thread.removed', { threadId: event.threadId }, to(event.to))
        break
      case 'submitted':
        outbound.tell(sessionId, 'review.submitted', event.review)
        break
      case 'requests':
        outbound.tell(sessionId, 'review.requests', { requests: event.requests })
        break
      case 'viewed':
        outbound.tell(sessionId, 'file.viewed', { fileId: event.fileId, viewed: event.viewed }, to(event.to))
        break
      case 'settings':
        outbound.tell(sessionId, 'review.settings', { reviewersMayAsk: event.reviewersMayAsk })
        break
    }
  })
}
