import type { ReviewComment, Thread } from '#protocol/review.ts'
import type { StoredComment, StoredThread } from '#store/review-records.ts'

/** A thread as a person sees it; undefined where there is nothing that they may see. Null: anyone who has no pending comments in it. */
export function visibleTo(thread: StoredThread, participantId: string | null, detached = false): Thread | undefined {
  const comments = thread.comments
    .filter(({ pending, author }) => pending === undefined || author === participantId)
    .map(publicComment)
  if (comments.length === 0) return undefined
  const { sessionId: _sessionId, ...told } = thread
  return { ...told, ...(detached ? { detached: true } : {}), comments }
}

/** Whose pending comments stand in a thread. */
export function pendingAuthors(thread: StoredThread): string[] {
  return [...new Set(thread.comments.flatMap(({ pending, author }) => (pending && author !== null ? [author] : [])))]
}

function publicComment(comment: StoredThread['comments'][number]): ReviewComment {
  const { threadId: _threadId, suggestion, ...told } = comment
  return suggestion === undefined ? told : { ...told, suggestion: publicSuggestion(suggestion) }
}

function publicSuggestion({ base: _base, ...told }: NonNullable<StoredComment['suggestion']>) {
  return told
}
