import { isFileGone } from '#documents/documents.ts'
import { sha256, type ReviewRoom } from './review-room.ts'
import { ReviewRefused, type Reviews } from './reviews.ts'

/** Marks a file as viewed. The mark is about the text that was looked at, and is gone when that is another one. */
export function viewCommands(room: ReviewRoom): Pick<Reviews, 'view'> {
  return {
    view: ({ sessionId, participant: { participantId } }, { fileId, viewed }) =>
      room.changing(sessionId, async () => {
        await room.file(sessionId, fileId)
        const textHash = viewed ? await hashOf(room, fileId) : null
        if (viewed && textHash === null) throw new ReviewRefused('not_found')
        await room.store.saveReview(sessionId, [{ type: 'viewed', participantId, fileId, textHash }])
        room.tell({ type: 'viewed', sessionId, fileId, viewed, to: participantId })
      }),
  }
}

/** Files that a person has marked and that still read as they did then. */
export async function stillViewed(room: ReviewRoom, sessionId: string, participantId: string): Promise<string[]> {
  const marked = await room.store.viewedFiles(sessionId, participantId)
  const now = await Promise.all(
    marked.map(async ({ fileId, textHash }) => ((await hashOf(room, fileId)) === textHash ? [fileId] : [])),
  )
  return now.flat()
}

/** Null where the file is gone; of a binary file, which nobody can change here, always the same. */
async function hashOf(room: ReviewRoom, fileId: string): Promise<string | null> {
  const version = await room.store.fileVersion(fileId)
  if (version === undefined) return null
  if (version.headSeq <= version.seq) return version.hash
  try {
    return sha256((await room.documents.text(fileId)).text)
  } catch (error) {
    if (isFileGone(error)) return null
    throw error
  }
}
