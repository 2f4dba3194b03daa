import type { Kysely } from 'kysely'
import { commentRow, threadRow } from './review-rows.ts'
import type { ReviewChange } from './review-records.ts'
import type { Schema } from './schema.ts'

type Db = Kysely<Schema>

export async function saveReview(
  db: Db,
  { sessionId, changes }: { sessionId: string; changes: ReviewChange[] },
): Promise<void> {
  for (const change of changes) await save(db, sessionId, change)
}

async function save(db: Db, sessionId: string, change: ReviewChange): Promise<void> {
  switch (change.type) {
    case 'thread': {
      const row = threadRow(change.thread)
      await db
        .insertInto('thread')
        .values(row)
        .onConflict((conflict) => conflict.column('thread_id').doUpdateSet(row))
        .execute()
      return
    }
    case 'comment':
      return saveComment(db, change)
    case 'removeThread':
      await db.deleteFrom('thread').where('thread_id', '=', change.threadId).execute()
      return
    case 'removeComment':
      await db.deleteFrom('comment').where('comment_id', '=', change.commentId).execute()
      return
    case 'forgetVersions':
      await db.deleteFrom('comment_version').where('comment_id', '=', change.commentId).execute()
      return
    case 'reaction':
      return saveReaction(db, change)
    case 'review': {
      const { reviewId, author, verdict, body, submittedAt, comments } = change.review
      await db
        .insertInto('review')
        .values({ review_id: reviewId, session_id: sessionId, author, verdict, body, submitted_at: submittedAt, comments })
        .execute()
      return
    }
    case 'request': {
      const { participantId, requestedBy, requestedAt } = change.request
      await db
        .insertInto('review_request')
        .values({
          session_id: sessionId,
          participant_id: participantId,
          requested_by: requestedBy,
          requested_at: requestedAt,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return
    }
    case 'requestDone':
      await db
        .deleteFrom('review_request')
        .where('session_id', '=', sessionId)
        .where('participant_id', '=', change.participantId)
        .execute()
      return
    case 'viewed':
      return saveViewed(db, sessionId, change)
    case 'settings': {
      const row = { session_id: sessionId, reviewers_may_ask: change.reviewersMayAsk ? 1 : 0 }
      await db
        .insertInto('review_settings')
        .values(row)
        .onConflict((conflict) => conflict.column('session_id').doUpdateSet(row))
        .execute()
    }
  }
}

async function saveComment(db: Db, { comment, version }: Extract<ReviewChange, { type: 'comment' }>): Promise<void> {
  const row = commentRow(comment)
  await db
    .insertInto('comment')
    .values(row)
    .onConflict((conflict) => conflict.column('comment_id').doUpdateSet(row))
    .execute()
  if (version === undefined) return
  await db
    .insertInto('comment_version')
    .values({ comment_id: comment.commentId, body: version.body, written_at: version.writtenAt })
    .execute()
}

async function saveReaction(
  db: Db,
  { commentId, participantId, reaction, on }: Extract<ReviewChange, { type: 'reaction' }>,
): Promise<void> {
  if (on) {
    await db
      .insertInto('comment_reaction')
      .values({ comment_id: commentId, participant_id: participantId, reaction })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return
  }
  await db
    .deleteFrom('comment_reaction')
    .where('comment_id', '=', commentId)
    .where('participant_id', '=', participantId)
    .where('reaction', '=', reaction)
    .execute()
}

async function saveViewed(
  db: Db,
  sessionId: string,
  { participantId, fileId, textHash }: Extract<ReviewChange, { type: 'viewed' }>,
): Promise<void> {
  if (textHash === null) {
    await db
      .deleteFrom('viewed_file')
      .where('session_id', '=', sessionId)
      .where('participant_id', '=', participantId)
      .where('file_id', '=', fileId)
      .execute()
    return
  }
  const row = { session_id: sessionId, participant_id: participantId, file_id: fileId, text_hash: textHash }
  await db
    .insertInto('viewed_file')
    .values(row)
    .onConflict((conflict) => conflict.columns(['session_id', 'participant_id', 'file_id']).doUpdateSet(row))
    .execute()
}
