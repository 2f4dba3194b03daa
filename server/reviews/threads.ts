import type { Payload } from '#protocol/commands.ts'
import { limits } from '#protocol/limits.ts'
import { permits } from '#protocol/roles.ts'
import type { StoredComment, StoredThread } from '#store/review-records.ts'
import { sha256, type ReviewRoom } from './review-room.ts'
import { ReviewRefused, type Reviewer, type Reviews } from './reviews.ts'
import { anchorOf, placeOf } from './thread-anchor.ts'

type NewComment = Pick<Payload<'thread.create'>, 'commentId' | 'body' | 'suggestion' | 'pending'>

/** Beginning threads, answering in them, and bringing them to an end. */
export function threadCommands(room: ReviewRoom): Pick<Reviews, 'create' | 'reply' | 'decide'> {
  function commentBy(
    { participant }: Reviewer,
    threadId: string,
    written: NewComment,
    base: string | undefined,
  ): StoredComment {
    const { commentId, pending } = written
    const body = written.body.trim()
    if (body === '' && written.suggestion === undefined) throw new ReviewRefused('invalid_payload')
    // A suggestion takes the place of lines; where there are none it cannot be one.
    if (written.suggestion !== undefined && base === undefined) throw new ReviewRefused('changed_meanwhile')
    return {
      commentId,
      threadId,
      author: participant.participantId,
      body,
      createdAt: room.now(),
      ...(pending ? { pending } : {}),
      ...(written.suggestion === undefined || base === undefined
        ? {}
        : { suggestion: { text: wholeLine(written.suggestion.text, base), base } }),
    }
  }

  /** A comment that is sent again, because its answer was lost, is the one that is there. */
  async function known({ sessionId, participant }: Reviewer, commentId: string): Promise<StoredThread | undefined> {
    const thread = await room.store.threadOfComment(sessionId, commentId)
    const own = thread?.comments.some((one) => one.commentId === commentId && one.author === participant.participantId)
    if (thread !== undefined && own !== true) throw new ReviewRefused('invalid_payload')
    return thread
  }

  /** Refuses one pending comment too many. */
  function admit({ participant }: Reviewer, threads: readonly StoredThread[]) {
    const comments = threads.flatMap((thread) => thread.comments)
    const own = comments.filter((one) => one.pending && one.author === participant.participantId)
    if (own.length >= limits.pendingComments) throw new ReviewRefused('limit_reached')
  }

  return {
    create: (by, { fileId, anchor, ...written }) =>
      room.changing(by.sessionId, async () => {
        const { sessionId, participant } = by
        const earlier = await known(by, written.commentId)
        if (earlier !== undefined) return { threadId: earlier.threadId }
        const file = await room.file(sessionId, fileId)
        const threads = await room.store.threads(sessionId)
        if (threads.length >= limits.threadsPerSession) throw new ReviewRefused('limit_reached')
        if (written.pending) admit(by, threads)
        if (anchor !== undefined && file.kind !== 'text') throw new ReviewRefused('not_text')
        const read =
          file.kind === 'text'
            ? await room.documents.read(fileId, (text) => ({
                hash: sha256(text.toString()),
                lines: anchor && anchorOf(text, anchor),
              }))
            : { seq: 0, value: { hash: '', lines: undefined } }
        if (anchor !== undefined && read.value.lines === undefined) throw new ReviewRefused('not_found')
        const threadId = room.newId()
        const { lines, ...anchored } = read.value.lines ?? { quotedText: '', quotedOnce: false }
        const thread = {
          threadId,
          sessionId,
          fileId,
          path: file.path,
          ...anchored,
          baseSeq: read.seq,
          baseHash: read.value.hash,
          state: 'open' as const,
          createdBy: participant.participantId,
          createdAt: room.now(),
        }
        const comment = commentBy(by, threadId, written, lines)
        await room.save({ ...thread, comments: [] }, [
          { type: 'thread', thread },
          { type: 'comment', comment },
        ])
        return { threadId }
      }),

    reply: (by, { threadId, ...written }) =>
      room.changing(by.sessionId, async () => {
        if ((await known(by, written.commentId)) !== undefined) return
        const thread = await room.thread(by.sessionId, threadId, by.participant.participantId)
        if (thread.comments.length >= limits.commentsPerThread) throw new ReviewRefused('limit_reached')
        if (written.pending) admit(by, await room.store.threads(by.sessionId))
        const base = written.suggestion === undefined ? undefined : await linesOf(room, thread)
        const comment = commentBy(by, threadId, written, base)
        const { comments: _comments, ...head } = thread
        // Who answers the assistant's remark has taken it up.
        const takesUp = thread.state === 'suggested' && !written.pending
        await room.save(thread, [
          { type: 'comment', comment },
          ...(takesUp ? [{ type: 'thread' as const, thread: { ...head, state: 'open' as const } }] : []),
        ])
      }),

    decide: (by, { threadId, decision }) =>
      room.changing(by.sessionId, async () => {
        const { participantId, role } = by.participant
        const thread = await room.thread(by.sessionId, threadId, participantId)
        const isOwn = thread.createdBy === participantId || thread.createdBy === null
        if (!isOwn && !permits(role, 'editor')) throw new ReviewRefused('denied')
        const { comments: _comments, resolvedBy: _resolvedBy, ...head } = thread
        const state = decided(thread.state, decision)
        if (state === thread.state) return
        const ended = state === 'resolved' || state === 'dismissed'
        await room.save(thread, [
          { type: 'thread', thread: { ...head, state, ...(ended ? { resolvedBy: participantId } : {}) } },
        ])
      }),
  }
}

function decided(state: StoredThread['state'], decision: Payload<'thread.decide'>['decision']): StoredThread['state'] {
  switch (decision) {
    case 'resolve':
      return state === 'open' ? 'resolved' : state
    case 'reopen':
      return state === 'resolved' || state === 'dismissed' ? 'open' : state
    case 'accept':
      return state === 'suggested' ? 'open' : state
    case 'dismiss':
      return state === 'suggested' ? 'dismissed' : state
  }
}

/** The lines of a thread as they are now; undefined where they are gone. */
async function linesOf(room: ReviewRoom, thread: StoredThread): Promise<string | undefined> {
  const { value } = await room.documents.read(thread.fileId, (text) => {
    const place = placeOf(text, thread)
    return place && text.toString().slice(place.start, place.end)
  })
  return value
}

/** A suggestion ends as the lines do that it replaces: a line feed is easily forgotten, and nobody means to join two lines. */
function wholeLine(text: string, base: string): string {
  const lines = text.replaceAll('\r\n', '\n')
  return lines !== '' && base.endsWith('\n') && !lines.endsWith('\n') ? `${lines}\n` : lines
}
