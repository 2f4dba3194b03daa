import type { Payload, Reply } from '#protocol/commands.ts'
import type { Failure } from '#protocol/failures.ts'
import type { Review, ReviewRequest, ReviewSnapshot, Thread } from '#protocol/review.ts'
import type { Participant } from '#protocol/sessions.ts'

/**
 * What happened in a session's review. `to`: the one person whose tabs are told; `except`: people who are told something else, because
 * they see comments of theirs that are not submitted yet. Nobody else is ever told of those.
 */
export type ReviewEvent = { sessionId: string } & (
  | { type: 'thread'; thread: Thread; to?: string; except: string[] }
  | { type: 'removed'; threadId: string; to?: string }
  | { type: 'submitted'; review: Review }
  | { type: 'requests'; requests: ReviewRequest[] }
  | { type: 'viewed'; fileId: string; viewed: boolean; to: string }
  | { type: 'settings'; reviewersMayAsk: boolean }
)

export class ReviewRefused extends Error {
  override name = 'ReviewRefused'
  readonly code: Failure['code']
  constructor(code: Failure['code']) {
    super(code)
    this.code = code
  }
}

/** Somebody who asks something of the review. */
export type Reviewer = { sessionId: string; participant: Participant }

/** Threads about lines and files. Everything rejects with `ReviewRefused`. */
export interface Reviews {
  /** What one person may see. */
  snapshot(sessionId: string, participantId: string): Promise<ReviewSnapshot>
  create(by: Reviewer, thread: Payload<'thread.create'>): Promise<Reply<'thread.create'>>
  reply(by: Reviewer, comment: Payload<'thread.reply'>): Promise<void>
  decide(by: Reviewer, decision: Payload<'thread.decide'>): Promise<void>
  edit(by: Reviewer, comment: Payload<'comment.edit'>): Promise<void>
  remove(by: Reviewer, commentId: string): Promise<void>
  react(by: Reviewer, reaction: Payload<'comment.react'>): Promise<void>
  history(by: Reviewer, commentId: string): Promise<Reply<'comment.history'>>
  applySuggestion(by: Reviewer, commentId: string): Promise<void>
  submit(by: Reviewer, review: Payload<'review.submit'>): Promise<Reply<'review.submit'>>
  discard(by: Reviewer): Promise<void>
  request(by: Reviewer, request: Payload<'review.request'>): Promise<void>
  view(by: Reviewer, file: Payload<'file.view'>): Promise<void>
  /** Starts a turn of the assistant about a thread, which says so. */
  handOver(by: Reviewer, threadId: string): Promise<{ turnId: string }>
  /** Starts a turn whose remarks become threads that people accept or dismiss. */
  askReview(by: Reviewer, what: Payload<'review.ask'>): Promise<{ turnId: string }>
  allowAsking(by: Reviewer, reviewersMayAsk: boolean): Promise<void>
  onEvent(listener: (event: ReviewEvent) => void): () => void
}
