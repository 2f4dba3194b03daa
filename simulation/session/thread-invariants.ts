import * as Y from 'yjs'
import { threadPlace, wholeLines } from '#protocol/thread-place.ts'
import { limits } from '#protocol/limits.ts'
import type { Thread } from '#protocol/review.ts'
import type { StoredThread } from '#store/review-records.ts'
import { placeOf } from '#reviews/thread-anchor.ts'
import { threadLines } from '#session/thread-lines.ts'
import { visibleTo } from '#reviews/visibility.ts'
import type { Person } from './person.ts'
import { historyOf, loadedDocument } from './stored-history.ts'
import type { World } from './world.ts'

type Place = { start: number; end: number } | undefined

/** [I9] A thread is about the characters that it was begun about, for everybody and in what is stored, or is detached for all of them. */
export async function anchorsDiffer(world: World, present: readonly Person[]): Promise<string[]> {
  const found: string[] = []
  for (const thread of await world.store.threads(world.sessionId)) {
    const stored = await loadedDocument(world, thread.fileId)
    if (stored !== undefined && thread.anchor !== undefined) found.push(...anchorDiffers(world, present, thread, stored))
    for (const { number, client } of present) {
      const { you, review } = client.store.read()
      const own = review.threads[thread.threadId]
      const seen = visibleTo(thread, you?.participantId ?? null)
      if (comparable(own) !== comparable(seen))
        found.push(`[I9] person ${number} sees ${comparable(own)} of ${thread.threadId}, not ${comparable(seen)}`)
    }
  }
  return found
}

function anchorDiffers(world: World, present: readonly Person[], thread: StoredThread, stored: Y.Doc): string[] {
  const { threadId, fileId } = thread
  const expected = placeInHistory(historyOf(world, fileId), thread)
  const found = quoteIsWrong(world, thread)
  const storedPlace = placeOf(stored.getText('text'), thread)
  if (!isSame(storedPlace, expected))
    found.push(`[I9] ${threadId} is stored at ${shown(storedPlace)} instead of ${shown(expected)}`)
  for (const { number, client } of present) {
    const document = client.documents.get(fileId)
    const own = client.store.read().review.threads[threadId]
    if (document === undefined || own === undefined) continue
    const place = threadLines(document.text, own)
    if (!isSame(place, expected))
      found.push(`[I9] ${threadId} is at ${shown(place)} for person ${number}, not at ${shown(expected)}`)
  }
  return found
}

/** [I9] After a restart: the server says of a thread that it is detached where its characters are gone, and only there. */
export async function detachedIsWrong(world: World): Promise<string[]> {
  const { threads } = await world.server.reviews.snapshot(world.sessionId, 'person-0')
  const files = new Set((await world.store.files(world.sessionId)).map(({ fileId }) => fileId))
  return (await world.store.threads(world.sessionId)).flatMap((thread) => {
    const { threadId, fileId, anchor } = thread
    const isGone =
      !files.has(fileId) || (anchor !== undefined && placeInHistory(historyOf(world, fileId), thread) === undefined)
    const told = threads.find((other) => other.threadId === threadId)?.detached === true
    return told === isGone ? [] : [`[I9] ${threadId} is ${told ? '' : 'not '}told to be detached`]
  })
}

/** What was quoted is what the anchor named when the thread was begun. */
function quoteIsWrong(world: World, thread: StoredThread): string[] {
  const then = historyOf(world, thread.fileId, thread.baseSeq)
  const text = then.getText('text').toString()
  const { start, end } = edgesOf(then, thread)
  const lines = text.slice(start, end)
  const isQuoted = lines === thread.quotedText || (lines.length > limits.quoteLength && lines.startsWith(thread.quotedText))
  return isQuoted ? [] : [`[I9] ${thread.threadId} was begun about ${lines} and quotes ${thread.quotedText}`]
}

/** Where the thread's lines are, found by walking over every character that the document ever had. */
function placeInHistory(history: Y.Doc, thread: StoredThread): Place {
  const text = history.getText('text').toString()
  const place = threadPlace(text, edgesOf(history, thread), thread)
  return place && wholeLines(text, place)
}

function edgesOf(history: Y.Doc, { anchor }: StoredThread) {
  const first = anchor && Y.decodeRelativePosition(anchor.start).item
  const last = anchor && Y.decodeRelativePosition(anchor.end).item
  let [visible, start, end] = [0, 0, 0]
  let [startLives, endLives] = [first === null, last === null]
  for (let item = history.getText('text')._start; item !== null; item = item.right) {
    if (first && holds(item, first)) {
      start = visible + (item.deleted ? 0 : first.clock - item.id.clock)
      startLives = !item.deleted
    }
    if (last && holds(item, last)) {
      end = visible + (item.deleted ? 0 : last.clock - item.id.clock + 1)
      endLives = !item.deleted
    }
    if (!item.deleted) visible += item.length
  }
  return { start, end: last ? end : visible, startLives, endLives }
}

function holds({ id, length }: Y.Item, { client, clock }: Y.ID): boolean {
  return id.client === client && id.clock <= clock && clock < id.clock + length
}

/**
 * Less what a tab works out for itself, and the path, which is shown only where the file is gone: that of a thread that is begun while its
 * file is renamed and deleted may be the one before.
 */
function comparable(thread: object | undefined): string {
  if (thread === undefined) return 'nothing'
  const { detached: _detached, path: _path, anchor, ...rest } = thread as Partial<Thread>
  const sorted = Object.entries(rest).toSorted(([one], [other]) => one.localeCompare(other))
  return JSON.stringify([sorted, anchor && [anchor.start, anchor.end].map((bytes) => [...bytes])])
}

function isSame(one: Place, other: Place): boolean {
  return one?.start === other?.start && one?.end === other?.end
}

function shown(place: Place): string {
  return place === undefined ? 'no place' : `${place.start}–${place.end}`
}
