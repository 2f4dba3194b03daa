import type { Insertable, Selectable } from 'kysely'
import type { ReactionKind, Review, ReviewComment } from '#protocol/review.ts'
import type { StoredComment, StoredThread } from './review-records.ts'
import type { ReviewSchema } from './review-schema.ts'

export function threadRow(thread: Omit<StoredThread, 'comments'>): Insertable<ReviewSchema['thread']> {
  return {
    thread_id: thread.threadId,
    session_id: thread.sessionId,
    file_id: thread.fileId,
    path: thread.path,
    anchor_start: thread.anchor?.start ?? null,
    anchor_end: thread.anchor?.end ?? null,
    quoted_text: thread.quotedText,
    quoted_once: thread.quotedOnce ? 1 : 0,
    from_line: thread.fromLine ?? null,
    to_line: thread.toLine ?? null,
    base_seq: thread.baseSeq,
    base_hash: thread.baseHash,
    state: thread.state,
    created_by: thread.createdBy,
    created_at: thread.createdAt,
    resolved_by: thread.resolvedBy ?? null,
  }
}

export function threadOf(row: Selectable<ReviewSchema['thread']>, comments: StoredThread['comments']): StoredThread {
  const { anchor_start: start, anchor_end: end } = row
  return {
    threadId: row.thread_id,
    sessionId: row.session_id,
    fileId: row.file_id,
    path: row.path,
    ...(start === null || end === null ? {} : { anchor: { start: new Uint8Array(start), end: new Uint8Array(end) } }),
    quotedText: row.quoted_text,
    quotedOnce: row.quoted_once === 1,
    ...(row.from_line === null ? {} : { fromLine: row.from_line }),
    ...(row.to_line === null ? {} : { toLine: row.to_line }),
    baseSeq: row.base_seq,
    baseHash: row.base_hash,
    state: row.state,
    createdBy: row.created_by,
    createdAt: row.created_at,
    ...(row.resolved_by === null ? {} : { resolvedBy: row.resolved_by }),
    comments,
  }
}

export function commentRow(comment: StoredComment): Omit<Insertable<ReviewSchema['comment']>, 'number'> {
  return {
    comment_id: comment.commentId,
    thread_id: comment.threadId,
    author: comment.author,
    body: comment.body,
    created_at: comment.createdAt,
    edited_at: comment.editedAt ?? null,
    deleted: comment.deleted ? 1 : 0,
    pending: comment.pending ? 1 : 0,
    review_id: comment.reviewId ?? null,
    suggestion_json: comment.suggestion === undefined ? null : JSON.stringify(comment.suggestion),
    turn_id: comment.turnId ?? null,
  }
}

export function commentOf(
  row: Selectable<ReviewSchema['comment']>,
  reactions: ReviewComment['reactions'],
): StoredThread['comments'][number] {
  return {
    commentId: row.comment_id,
    threadId: row.thread_id,
    author: row.author,
    body: row.body,
    createdAt: row.created_at,
    ...(row.edited_at === null ? {} : { editedAt: row.edited_at }),
    ...(row.deleted === 0 ? {} : { deleted: true }),
    ...(row.pending === 0 ? {} : { pending: true }),
    ...(row.review_id === null ? {} : { reviewId: row.review_id }),
    ...(row.suggestion_json === null
      ? {}
      : { suggestion: JSON.parse(row.suggestion_json) as NonNullable<StoredComment['suggestion']> }),
    ...(row.turn_id === null ? {} : { turnId: row.turn_id }),
    reactions,
  }
}

/** Who reacted how, by comment; people in the order in which they did. */
export function reactionsOf(
  rows: readonly Selectable<ReviewSchema['comment_reaction']>[],
): Map<string, ReviewComment['reactions']> {
  const byComment = new Map<string, Partial<Record<ReactionKind, string[]>>>()
  for (const { comment_id, reaction, participant_id } of rows) {
    const reactions = byComment.get(comment_id) ?? {}
    reactions[reaction] = [...(reactions[reaction] ?? []), participant_id]
    byComment.set(comment_id, reactions)
  }
  return byComment
}

export function reviewOf(row: Selectable<ReviewSchema['review']>): Review {
  return {
    reviewId: row.review_id,
    author: row.author,
    verdict: row.verdict,
    body: row.body,
    submittedAt: row.submitted_at,
    comments: row.comments,
  }
}
