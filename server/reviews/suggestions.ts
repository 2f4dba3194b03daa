import type * as Y from 'yjs'
import { mergeLines } from '#edits/merge-lines.ts'
import { minimalEdits } from '#edits/minimal-edit.ts'
import { editTextAs, type TextEdit } from '#sessions/text-edit-as.ts'
import type { StoredComment, StoredThread } from '#store/review-records.ts'
import { sha256, type ReviewRoom } from './review-room.ts'
import { ReviewRefused, type Reviewer, type Reviews } from './reviews.ts'
import { placeOf } from './thread-anchor.ts'

/** Puts what a comment suggests in the place of its thread's lines, as an edit of the person who applies it. */
export function suggestionCommands(room: ReviewRoom): Pick<Reviews, 'applySuggestion'> {
  return {
    applySuggestion: (by, commentId) =>
      room.changing(by.sessionId, async () => {
        const { thread, comment } = await room.comment(by.sessionId, commentId, by.participant.participantId)
        const { suggestion } = comment
        if (suggestion === undefined || comment.pending) throw new ReviewRefused('not_found')
        // Pressed by two people at once: it is applied, and that is what both wanted.
        if (suggestion.appliedBy !== undefined) return
        await room.file(by.sessionId, thread.fileId)
        await write(room, by, thread, comment, suggestion)
        const appliedBy = by.participant.participantId
        const { comments: _comments, ...head } = thread
        await room.save(thread, [
          { type: 'comment', comment: { ...comment, suggestion: { ...suggestion, appliedBy } } },
          ...(thread.state === 'open' || thread.state === 'suggested'
            ? [{ type: 'thread' as const, thread: { ...head, state: 'resolved' as const, resolvedBy: appliedBy } }]
            : []),
        ])
      }),
  }
}

async function write(
  { documents }: ReviewRoom,
  { participant: { participantId } }: Reviewer,
  thread: StoredThread,
  { commentId }: StoredComment,
  { text: wanted, base }: NonNullable<StoredComment['suggestion']>,
): Promise<void> {
  // The same id again, where the answer was lost after the edit was stored: it is not made twice.
  const newPushId = () => sha256(`suggestion ${commentId}`)
  const { fileId } = thread
  await editTextAs({ documents, newPushId }, { fileId, participantId }, async (text) => editsOf(text, thread, base, wanted))
}

/** What people wrote in the lines since the suggestion was made stays; where both changed the same line nobody's is chosen. */
function editsOf(text: Y.Text, thread: StoredThread, base: string, wanted: string): TextEdit[] {
  const place = placeOf(text, thread)
  if (place === undefined) throw new ReviewRefused('changed_meanwhile')
  const live = text.toString().slice(place.start, place.end)
  if (live === wanted) return []
  const merged = mergeLines(base, live, wanted)
  if (merged.kind === 'conflict') throw new ReviewRefused('changed_meanwhile')
  const { start: from } = place
  return minimalEdits(live, merged.text).map(({ start, end, text: inserted }) => ({
    start: from + start,
    end: from + end,
    text: inserted,
  }))
}
