import type { Review, ReviewEvents, ReviewRequest, ReviewSnapshot, Thread } from '#protocol/review.ts'

/** What this person sees of the session's review. */
export type ReviewState = {
  threads: Record<string, Thread>
  /** Oldest first. */
  reviews: Review[]
  requests: ReviewRequest[]
  /** Files that are marked as viewed and have not changed since. */
  viewed: Record<string, true>
  reviewersMayAsk: boolean
}

export type ReviewEvent =
  | { [E in keyof ReviewEvents]: { name: E; payload: ReviewEvents[E] } }[keyof ReviewEvents]
  /** A text was changed, by whomever. */
  | { name: 'text.changed'; payload: { fileId: string } }

export const noReview: ReviewState = { threads: {}, reviews: [], requests: [], viewed: {}, reviewersMayAsk: false }

export function joinedReview({ threads, viewed, ...snapshot }: ReviewSnapshot): ReviewState {
  return {
    ...snapshot,
    threads: Object.fromEntries(threads.map((thread) => [thread.threadId, thread])),
    viewed: Object.fromEntries(viewed.map((fileId) => [fileId, true as const])),
  }
}

export function foldReview(state: ReviewState, event: ReviewEvent): ReviewState {
  switch (event.name) {
    case 'thread.changed': {
      const thread = event.payload
      // Only a snapshot says so, and the lines of a thread do not come back by an answer to it.
      const detached = state.threads[thread.threadId]?.detached === true ? { detached: true as const } : {}
      return { ...state, threads: { ...state.threads, [thread.threadId]: { ...thread, ...detached } } }
    }
    case 'thread.removed':
      return { ...state, threads: without(state.threads, event.payload.threadId) }
    case 'review.submitted':
      return {
        ...state,
        reviews: [...state.reviews.filter(({ reviewId }) => reviewId !== event.payload.reviewId), event.payload],
      }
    case 'review.requests':
      return { ...state, requests: event.payload.requests }
    case 'review.settings':
      return { ...state, reviewersMayAsk: event.payload.reviewersMayAsk }
    case 'file.viewed': {
      const { fileId, viewed } = event.payload
      return { ...state, viewed: viewed ? { ...state.viewed, [fileId]: true } : without(state.viewed, fileId) }
    }
    case 'text.changed':
      return event.payload.fileId in state.viewed ? { ...state, viewed: without(state.viewed, event.payload.fileId) } : state
  }
}

/** Threads of files that go are shown under the path that their file had last. */
export function keepingPaths(state: ReviewState, going: readonly { fileId: string; path: string }[]): ReviewState {
  const paths = new Map(going.map(({ fileId, path }) => [fileId, path]))
  const threads = Object.values(state.threads).flatMap((thread) => {
    const path = paths.get(thread.fileId)
    return path === undefined || path === thread.path ? [] : [{ ...thread, path }]
  })
  if (threads.length === 0) return state
  return { ...state, threads: { ...state.threads, ...Object.fromEntries(threads.map((thread) => [thread.threadId, thread])) } }
}

function without<Value>(record: Record<string, Value>, key: string): Record<string, Value> {
  const { [key]: _gone, ...rest } = record
  return rest
}
