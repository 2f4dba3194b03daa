import type { Review } from '#protocol/review.ts'
import type { ReviewChange, StoredThread } from '#store/review-records.ts'
import type { ReviewRoom } from './review-room.ts'
import { ReviewRefused, type Reviews } from './reviews.ts'

/** Reviews of many comments that others see at once, and asking somebody for one. */
export function submissionCommands(room: ReviewRoom): Pick<Reviews, 'submit' | 'discard' | 'request'> {
  const pendingOf = async (sessionId: string, participantId: string) =>
    (await room.store.threads(sessionId)).flatMap((thread) => {
      const own = thread.comments.filter(({ pending, author }) => pending && author === participantId)
      return own.length === 0 ? [] : [{ thread, own }]
    })

  async function tellRequests(sessionId: string) {
    room.tell({ type: 'requests', sessionId, requests: await room.store.reviewRequests(sessionId) })
  }

  return {
    submit: ({ sessionId, participant: { participantId } }, { verdict, body }) =>
      room.changing(sessionId, async () => {
        const pending = await pendingOf(sessionId, participantId)
        const comments = pending.reduce((sum, { own }) => sum + own.length, 0)
        // An approval may stand alone; anything else has to say something.
        if (verdict !== 'approve' && comments === 0 && body.trim() === '') throw new ReviewRefused('invalid_payload')
        const submittedAt = room.now()
        const review: Review = {
          reviewId: room.newId(),
          author: participantId,
          verdict,
          body: body.trim(),
          submittedAt,
          comments,
        }
        const { reviewId } = review
        await room.store.saveReview(sessionId, [
          ...pending.flatMap(({ own }) =>
            own.map(({ reactions: _reactions, pending: _pending, ...comment }) => ({
              type: 'comment' as const,
              comment: { ...comment, createdAt: submittedAt, reviewId },
            })),
          ),
          ...pending.flatMap(({ thread: { comments: _comments, ...thread } }) =>
            thread.state === 'suggested' ? [{ type: 'thread' as const, thread: { ...thread, state: 'open' as const } }] : [],
          ),
          { type: 'review', review },
          { type: 'requestDone', participantId },
        ])
        for (const { thread } of pending) await room.tellThread(thread)
        room.tell({ type: 'submitted', sessionId, review })
        await tellRequests(sessionId)
        return { reviewId }
      }),

    discard: ({ sessionId, participant: { participantId } }) =>
      room.changing(sessionId, async () => {
        const pending = await pendingOf(sessionId, participantId)
        await room.store.saveReview(
          sessionId,
          pending.flatMap(({ thread, own }): ReviewChange[] =>
            isWhole(thread, own)
              ? [{ type: 'removeThread', threadId: thread.threadId }]
              : own.map(({ commentId }) => ({ type: 'removeComment', commentId })),
          ),
        )
        for (const { thread } of pending) await room.tellThread(thread)
      }),

    request: ({ sessionId, participant }, { participantId, on }) =>
      room.changing(sessionId, async () => {
        const people = await room.sessions.participants(sessionId)
        const asked = people.find((one) => one.participantId === participantId)
        if (asked === undefined || (on && asked.removed === true)) throw new ReviewRefused('not_found')
        const request = { participantId, requestedBy: participant.participantId, requestedAt: room.now() }
        await room.store.saveReview(sessionId, [on ? { type: 'request', request } : { type: 'requestDone', participantId }])
        await tellRequests(sessionId)
      }),
  }
}

function isWhole(thread: StoredThread, own: readonly unknown[]): boolean {
  return thread.comments.length === own.length
}
