import { isFileGone } from '#documents/documents.ts'
import type { StoredThread } from '#store/review-records.ts'
import type { Turns } from '#turns/turns.ts'
import { assistantCommands } from './assistant.ts'
import { commentCommands } from './comments.ts'
import { ReviewRoom, type ReviewOptions } from './review-room.ts'
import type { Reviews } from './reviews.ts'
import { submissionCommands } from './submissions.ts'
import { suggestionCommands } from './suggestions.ts'
import { placeOf } from './thread-anchor.ts'
import { threadCommands } from './threads.ts'
import { stillViewed, viewCommands } from './viewed-files.ts'
import { visibleTo } from './visibility.ts'

/** Review of all sessions. Keeps nothing in memory: every command reads what is stored. */
export function createReviews(options: ReviewOptions & { turns: Pick<Turns, 'start' | 'onEvent'> }): Reviews {
  const room = new ReviewRoom(options)
  return {
    async snapshot(sessionId, participantId) {
      const [threads, reviews, requests, viewed, reviewersMayAsk] = await Promise.all([
        room.store.threads(sessionId),
        room.store.reviews(sessionId),
        room.store.reviewRequests(sessionId),
        stillViewed(room, sessionId, participantId),
        room.store.reviewersMayAsk(sessionId),
      ])
      const detached = await detachedThreads(room, threads)
      return {
        threads: threads.flatMap((thread) => visibleTo(thread, participantId, detached.has(thread.threadId)) ?? []),
        reviews,
        requests,
        viewed,
        reviewersMayAsk,
      }
    },
    ...threadCommands(room),
    ...commentCommands(room),
    ...suggestionCommands(room),
    ...submissionCommands(room),
    ...viewCommands(room),
    ...assistantCommands(room, options.turns),
    onEvent: (listener) => room.onEvent(listener),
  }
}

/** Those whose lines, or whose file, are gone. Reads only documents that hold lines somebody talks about. */
async function detachedThreads(room: ReviewRoom, threads: readonly StoredThread[]): Promise<Set<string>> {
  const byFile = new Map<string, StoredThread[]>()
  for (const thread of threads) byFile.set(thread.fileId, [...(byFile.get(thread.fileId) ?? []), thread])
  const detached = await Promise.all(
    Array.from(byFile, async ([fileId, own]) => {
      const file = await room.store.fileVersion(fileId)
      if (file === undefined) return own
      const anchored = own.filter(({ anchor }) => anchor !== undefined)
      if (anchored.length === 0) return []
      try {
        const { value } = await room.documents.read(fileId, (text) =>
          anchored.filter((thread) => placeOf(text, thread) === undefined),
        )
        return value
      } catch (error) {
        if (isFileGone(error)) return own
        throw error
      }
    }),
  )
  return new Set(detached.flat().map(({ threadId }) => threadId))
}
