/** The signs with which people may answer a comment without writing one, in the order in which they are offered. */
export const reactionKinds = ['up', 'down', 'laugh', 'hooray', 'heart', 'eyes'] as const
export type ReactionKind = (typeof reactionKinds)[number]

/** `suggested`: the assistant wrote it, and nobody has decided yet whether it is worth a conversation. */
export type ThreadState = 'open' | 'resolved' | 'suggested' | 'dismissed'

/** What a comment would have in the place of its thread's lines. */
export type Suggestion = {
  /** Whole lines (LF); empty to delete them. */
  text: string
  /** Who applied it. */
  appliedBy?: string
}

export type ReviewComment = {
  commentId: string
  /** Null: the assistant. */
  author: string | null
  /** Markdown; empty where the comment was deleted. */
  body: string
  createdAt: number
  /** There are earlier versions; `comment.history` tells them. */
  editedAt?: number
  deleted?: true
  /** Part of its author's review that is not submitted yet; nobody else is told of it. */
  pending?: true
  /** The review that it was submitted with. */
  reviewId?: string
  suggestion?: Suggestion
  reactions: Partial<Record<ReactionKind, string[]>>
  /** The assistant's turn that the thread was handed to, or that wrote the comment. */
  turnId?: string
}

/** A conversation about lines of a file, or about the file. */
export type Thread = {
  threadId: string
  fileId: string
  /** Path when it was begun; the tree knows the one of now. Of a file that is gone, the last one. */
  path: string
  /** Encoded Y.RelativePositions of the first (assoc 0) and behind the last (assoc -1) character; absent where it is about the file. */
  anchor?: { start: Uint8Array; end: Uint8Array }
  /** The lines when the thread was begun, whole; a long passage is cut behind a line. */
  quotedText: string
  /** The quoted lines stood in the file once, and are long enough to be known again by themselves. */
  quotedOnce: boolean
  /** Lines when it was begun, 1-based and inclusive. */
  fromLine?: number
  toLine?: number
  /** The version of the file that was read: seq of its log, and SHA-256 of its text. */
  baseSeq: number
  baseHash: string
  state: ThreadState
  /** Null: the assistant. */
  createdBy: string | null
  createdAt: number
  resolvedBy?: string
  /** What it was about is gone; as of the last time the server looked. A tab that holds the document knows better. */
  detached?: true
  /** Oldest first; at least one. */
  comments: ReviewComment[]
}

export type Verdict = 'comment' | 'approve' | 'request_changes'

/** A submitted review. */
export type Review = {
  reviewId: string
  author: string
  verdict: Verdict
  body: string
  submittedAt: number
  comments: number
}

/** Somebody's review is waited for. */
export type ReviewRequest = { participantId: string; requestedBy: string; requestedAt: number }

/** What one person sees of a session's review. */
export type ReviewSnapshot = {
  threads: Thread[]
  /** Oldest first. */
  reviews: Review[]
  requests: ReviewRequest[]
  /** Files that this person has marked as viewed and that are still as they were then. */
  viewed: string[]
  /** Reviewers may hand a thread to the assistant. */
  reviewersMayAsk: boolean
}

export type ReviewEvents = {
  /** A thread as the receiver may see it now; also new ones. */
  'thread.changed': Thread
  'thread.removed': { threadId: string }
  'review.submitted': Review
  'review.requests': { requests: ReviewRequest[] }
  /** To the tabs of the person who marked a file. */
  'file.viewed': { fileId: string; viewed: boolean }
  'review.settings': { reviewersMayAsk: boolean }
}
