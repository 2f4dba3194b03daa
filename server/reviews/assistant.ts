import { splitLines } from '#edits/lines.ts'
import type { BaseId } from '#protocol/bases.ts'
import { permits } from '#protocol/roles.ts'
import type { StoredThread } from '#store/review-records.ts'
import type { Store, TurnRecord } from '#store/store.ts'
import type { Turns } from '#turns/turns.ts'
import { readRemarks, type Remark } from './review-remarks.ts'
import { sha256, type ReviewRoom } from './review-room.ts'
import { ReviewRefused, type Reviewer, type Reviews } from './reviews.ts'
import { anchorLines, placeOf } from './thread-anchor.ts'

/** Threads that the assistant is handed, and those that it suggests. */
export function assistantCommands(
  room: ReviewRoom,
  turns: Pick<Turns, 'start' | 'onEvent'>,
): Pick<Reviews, 'handOver' | 'askReview' | 'allowAsking'> {
  turns.onEvent((event) => {
    if (event.type === 'ended' && event.ended.reason === 'complete') void suggest(room, event.sessionId, event.ended.turnId)
  })

  /** Editors may ask; reviewers where the owner lets them spend. */
  async function mayAsk({ sessionId, participant }: Reviewer): Promise<void> {
    if (permits(participant.role, 'editor') || (await room.store.reviewersMayAsk(sessionId))) return
    throw new ReviewRefused('denied')
  }

  return {
    async handOver(by, threadId) {
      await mayAsk(by)
      const { sessionId, participant } = by
      const thread = await room.thread(sessionId, threadId, participant.participantId)
      const people = new Map((await room.sessions.participants(sessionId)).map((one) => [one.participantId, one.name]))
      const said = thread.comments
        .filter(({ deleted, pending }) => !deleted && !pending)
        .map(({ author, body }) => `${author === null ? 'Assistant' : (people.get(author) ?? 'Somebody')}: ${body}`)
      if (said.length === 0) throw new ReviewRefused('not_found')
      const where = await linesNow(room, thread)
      const { turnId } = await turns.start({
        sessionId,
        participantId: participant.participantId,
        prompt: `Do what this review thread about ${thread.path} asks for, or answer it:\n\n${thread.quotedText}\n${said.join('\n')}`,
        references: [{ fileId: thread.fileId, ...where }],
        openFileIds: [],
      })
      const comment = { commentId: room.newId(), threadId, author: null, body: '', createdAt: room.now(), turnId }
      await room.changing(sessionId, () => room.save(thread, [{ type: 'comment', comment }]))
      return { turnId }
    },

    async askReview(by, { fileIds, since }) {
      await mayAsk(by)
      const { sessionId, participant } = by
      const files = await Promise.all(fileIds.map((fileId) => room.file(sessionId, fileId)))
      const paths = files.map(({ path }) => path).join(', ')
      const prompt =
        since === undefined
          ? `Review ${paths}. Write one remark per line, as path:line: remark, and change no file.`
          : `Review the changes in ${paths} ${await sinceWording(room, sessionId, since)}: one remark per line, as path:line: remark; edit no file.`
      const { turnId } = await turns.start({
        sessionId,
        participantId: participant.participantId,
        prompt,
        references: fileIds.map((fileId) => ({ fileId, ...(since === undefined ? {} : { since }) })),
        openFileIds: [],
        review: true,
      })
      return { turnId }
    },

    async allowAsking({ sessionId }, reviewersMayAsk) {
      await room.store.saveReview(sessionId, [{ type: 'settings', reviewersMayAsk }])
      room.tell({ type: 'settings', sessionId, reviewersMayAsk })
    },
  }
}

/** What a base is called in a prompt. Rejects with `not_found` where the session has none of that id. */
async function sinceWording({ store }: ReviewRoom, sessionId: string, since: BaseId): Promise<string> {
  if ((await store.baseFiles(sessionId, since)) === undefined) throw new ReviewRefused('not_found')
  if (since === 'start') return 'since the start'
  const zip = (await store.zipBases(sessionId)).find(({ baseId }) => baseId === since)
  return zip === undefined ? `since before turn ${(await store.turn(since))?.number}` : `compared with ${zip.name}`
}

async function linesNow(room: ReviewRoom, thread: StoredThread): Promise<{ fromLine?: number; toLine?: number }> {
  if (thread.anchor === undefined) return {}
  await room.file(thread.sessionId, thread.fileId)
  const { value } = await room.documents.read(thread.fileId, (text) => {
    const place = placeOf(text, thread)
    return place && anchorLines(text, place)
  })
  return value === undefined ? {} : { fromLine: value.fromLine, toLine: value.toLine }
}

/** Makes threads of the remarks in the answer to a review, which people accept or dismiss. */
async function suggest(room: ReviewRoom, sessionId: string, turnId: string): Promise<void> {
  try {
    const turn = await room.store.turn(turnId)
    if (turn?.review !== true) return
    const [answer, files] = await Promise.all([wholeAnswer(room.store, turn), room.store.files(sessionId)])
    const byPath = new Map(files.filter(({ kind }) => kind === 'text').map((file) => [file.path, file.fileId]))
    for (const remark of readRemarks(answer, new Set(byPath.keys())).slice(0, 100)) {
      const fileId = byPath.get(remark.path) ?? ''
      await room.changing(sessionId, () => begin(room, { sessionId, fileId, turnId }, remark))
    }
  } catch (error) {
    room.failed(error, 'what the assistant remarked could not be kept')
  }
}

/** With what it continues, which may have ended in the middle of a remark. */
async function wholeAnswer(store: Pick<Store, 'turn'>, turn: TurnRecord): Promise<string> {
  const earlier = turn.continues === undefined ? undefined : await store.turn(turn.continues)
  return earlier === undefined ? turn.text : (await wholeAnswer(store, earlier)) + turn.text
}

/** Offsets of those lines, counted from 1; what lies behind the end of the text is left out, and undefined where that is all. */
function rangeOfLines(text: string, fromLine: number, toLine: number): { start: number; end: number } | undefined {
  const lines = splitLines(text)
  if (fromLine > lines.length) return undefined
  const lengthOf = (count: number) => lines.slice(0, count).reduce((sum, line) => sum + line.length, 0)
  return { start: lengthOf(fromLine - 1), end: lengthOf(toLine) }
}

async function begin(
  room: ReviewRoom,
  { sessionId, fileId, turnId }: { sessionId: string; fileId: string; turnId: string },
  { path, fromLine, toLine, body }: Remark,
): Promise<void> {
  const { seq, value } = await room.documents.read(fileId, (text) => {
    const all = text.toString()
    const range = fromLine === undefined ? undefined : rangeOfLines(all, fromLine, toLine ?? fromLine)
    return { hash: sha256(all), anchored: range && anchorLines(text, range) }
  })
  const { lines: _lines, ...anchored } = value.anchored ?? { lines: '', quotedText: '', quotedOnce: false }
  const threadId = room.newId()
  const thread = {
    threadId,
    sessionId,
    fileId,
    path,
    ...anchored,
    baseSeq: seq,
    baseHash: value.hash,
    state: 'suggested' as const,
    createdBy: null,
    createdAt: room.now(),
  }
  const comment = { commentId: room.newId(), threadId, author: null, body, createdAt: room.now(), turnId }
  await room.save({ ...thread, comments: [] }, [
    { type: 'thread', thread },
    { type: 'comment', comment },
  ])
}
