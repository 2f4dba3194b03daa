import type { Kysely } from 'kysely'
import { commentOf, reactionsOf, reviewOf, threadOf } from './review-rows.ts'
import type { ReviewStore, StoredThread } from './review-records.ts'
import type { Schema } from './schema.ts'

/** Threads in the order in which they were begun, comments in the order in which they were written. */
export function reviewReads(db: Kysely<Schema>): Omit<ReviewStore, 'saveReview'> {
  async function threads(sessionId: string, threadId?: string): Promise<StoredThread[]> {
    const rows = await db
      .selectFrom('thread')
      .selectAll()
      .where('session_id', '=', sessionId)
      .$if(threadId !== undefined, (query) => query.where('thread_id', '=', threadId ?? ''))
      .orderBy('created_at')
      .orderBy('thread_id')
      .execute()
    if (rows.length === 0) return []
    const ofSession = db
      .selectFrom('thread')
      .select('thread_id')
      .where('session_id', '=', sessionId)
      .$if(threadId !== undefined, (query) => query.where('thread_id', '=', threadId ?? ''))
    const comments = await db.selectFrom('comment').selectAll().where('thread_id', 'in', ofSession).orderBy('number').execute()
    const reactions = reactionsOf(
      await db
        .selectFrom('comment_reaction')
        .innerJoin('comment', 'comment.comment_id', 'comment_reaction.comment_id')
        .selectAll('comment_reaction')
        .where('comment.thread_id', 'in', ofSession)
        .orderBy('comment_reaction.number')
        .execute(),
    )
    const byThread = new Map<string, StoredThread['comments']>()
    for (const row of comments) {
      const comment = commentOf(row, reactions.get(row.comment_id) ?? {})
      const known = byThread.get(row.thread_id)
      if (known === undefined) byThread.set(row.thread_id, [comment])
      else known.push(comment)
    }
    return rows.map((row) => threadOf(row, byThread.get(row.thread_id) ?? []))
  }

  const thread = async (sessionId: string, threadId: string) => (await threads(sessionId, threadId))[0]

  return {
    threads,
    thread,
    async threadOfComment(sessionId, commentId) {
      const row = await db.selectFrom('comment').select('thread_id').where('comment_id', '=', commentId).executeTakeFirst()
      return row && thread(sessionId, row.thread_id)
    },
    async commentVersions(commentId) {
      return db
        .selectFrom('comment_version')
        .select(['body', 'written_at as writtenAt'])
        .where('comment_id', '=', commentId)
        .orderBy('number')
        .execute()
    },
    async reviews(sessionId) {
      const rows = await db.selectFrom('review').selectAll().where('session_id', '=', sessionId).orderBy('number').execute()
      return rows.map(reviewOf)
    },
    async reviewRequests(sessionId) {
      return db
        .selectFrom('review_request')
        .select(['participant_id as participantId', 'requested_by as requestedBy', 'requested_at as requestedAt'])
        .where('session_id', '=', sessionId)
        .orderBy('requested_at')
        .execute()
    },
    async viewedFiles(sessionId, participantId) {
      return db
        .selectFrom('viewed_file')
        .select(['file_id as fileId', 'text_hash as textHash'])
        .where('session_id', '=', sessionId)
        .where('participant_id', '=', participantId)
        .execute()
    },
    async reviewersMayAsk(sessionId) {
      const row = await db
        .selectFrom('review_settings')
        .select('reviewers_may_ask')
        .where('session_id', '=', sessionId)
        .executeTakeFirst()
      return row?.reviewers_may_ask === 1
    },
  }
}
