import { permits } from '#protocol/roles.ts'
import type { ReviewRoom } from './review-room.ts'
import { ReviewRefused, type Reviews } from './reviews.ts'

/** What can be done with a comment that stands there. */
export function commentCommands(room: ReviewRoom): Pick<Reviews, 'edit' | 'remove' | 'react' | 'history'> {
  return {
    edit: ({ sessionId, participant }, { commentId, body }) =>
      room.changing(sessionId, async () => {
        const { thread, comment } = await room.comment(sessionId, commentId, participant.participantId)
        if (comment.author !== participant.participantId) throw new ReviewRefused('denied')
        if (comment.body === body) return
        // Nobody has read what is not submitted yet.
        if (comment.pending) return room.save(thread, [{ type: 'comment', comment: { ...comment, body } }])
        const editedAt = room.now()
        await room.save(thread, [
          {
            type: 'comment',
            comment: { ...comment, body, editedAt },
            version: { body: comment.body, writtenAt: comment.editedAt ?? comment.createdAt },
          },
        ])
      }),

    remove: ({ sessionId, participant }, commentId) =>
      room.changing(sessionId, async () => {
        const { thread, comment } = await room.comment(sessionId, commentId, participant.participantId)
        if (comment.author !== participant.participantId && !permits(participant.role, 'owner')) {
          throw new ReviewRefused('denied')
        }
        const others = thread.comments.filter((one) => one.commentId !== commentId && !one.deleted)
        if (others.length === 0) return room.save(thread, [{ type: 'removeThread', threadId: thread.threadId }])
        if (comment.pending) return room.save(thread, [{ type: 'removeComment', commentId }])
        const { suggestion: _suggestion, editedAt: _editedAt, ...rest } = comment
        await room.save(thread, [
          { type: 'comment', comment: { ...rest, body: '', deleted: true } },
          { type: 'forgetVersions', commentId },
        ])
      }),

    react: ({ sessionId, participant }, { commentId, reaction, on }) =>
      room.changing(sessionId, async () => {
        const { participantId } = participant
        const { thread } = await room.comment(sessionId, commentId, participantId)
        await room.save(thread, [{ type: 'reaction', commentId, participantId, reaction, on }])
      }),

    async history({ sessionId, participant }, commentId) {
      await room.comment(sessionId, commentId, participant.participantId)
      return { versions: await room.store.commentVersions(commentId) }
    },
  }
}
