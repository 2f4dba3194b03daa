import type { ReactionKind, Review, ReviewComment, ReviewRequest, Thread } from '#protocol/review.ts'

/** A comment, with what only the server knows of it. */
export type StoredComment = Omit<ReviewComment, 'reactions' | 'suggestion'> & {
  threadId: string
  /** `base`: the lines that the suggestion was written for. */
  suggestion?: NonNullable<ReviewComment['suggestion']> & { base: string }
}

export type StoredThread = Omit<Thread, 'comments' | 'detached'> & {
  sessionId: string
  comments: (StoredComment & Pick<ReviewComment, 'reactions'>)[]
}

/** What changes in a session's review; all changes of one write come together or not at all. */
export type ReviewChange =
  | { type: 'thread'; thread: Omit<StoredThread, 'comments'> }
  | { type: 'removeThread'; threadId: string }
  /** `version`: what it said before, which is kept. */
  | { type: 'comment'; comment: StoredComment; version?: { body: string; writtenAt: number } }
  | { type: 'removeComment'; commentId: string }
  | { type: 'forgetVersions'; commentId: string }
  | { type: 'reaction'; commentId: string; participantId: string; reaction: ReactionKind; on: boolean }
  | { type: 'review'; review: Review }
  | { type: 'request'; request: ReviewRequest }
  | { type: 'requestDone'; participantId: string }
  /** `textHash`: SHA-256 of the text that was looked at; null takes the mark off. */
  | { type: 'viewed'; participantId: string; fileId: string; textHash: string | null }
  | { type: 'settings'; reviewersMayAsk: boolean }

/** Review as the store has it. */
export interface ReviewStore {
  saveReview(sessionId: string, changes: ReviewChange[]): Promise<void>
  threads(sessionId: string): Promise<StoredThread[]>
  thread(sessionId: string, threadId: string): Promise<StoredThread | undefined>
  threadOfComment(sessionId: string, commentId: string): Promise<StoredThread | undefined>
  commentVersions(commentId: string): Promise<{ body: string; writtenAt: number }[]>
  reviews(sessionId: string): Promise<Review[]>
  reviewRequests(sessionId: string): Promise<ReviewRequest[]>
  viewedFiles(sessionId: string, participantId: string): Promise<{ fileId: string; textHash: string }[]>
  reviewersMayAsk(sessionId: string): Promise<boolean>
}
