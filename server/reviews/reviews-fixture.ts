import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { createDocuments } from '#documents/create-documents.ts'
import type { Documents } from '#documents/documents.ts'
import type { Role } from '#protocol/roles.ts'
import type { Reference } from '#protocol/turns.ts'
import type { Thread } from '#protocol/review.ts'
import { createSessions } from '#sessions/create-sessions.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { TurnRecord } from '#store/store.ts'
import type { TurnEvent } from '#turns/turns.ts'
import { openStore } from '#store/open-store.ts'
import { createReviews } from './create-reviews.ts'
import type { ReviewEvent, Reviewer, Reviews } from './reviews.ts'

/** What the tests of the review share: real rooms over a real store. Everything opened here is closed when its test has finished. */
type Fixture = {
  reviews: Reviews
  documents: Documents
  sessions: Sessions
  sessionId: string
  fileId: string
  events: ReviewEvent[]
  /** What the assistant was asked. */
  prompts: string[]
  /** What each prompt pointed at. */
  references: Reference[][]
  /** The assistant answers what it was asked, or as the record of another turn says. */
  answer(text: string, as?: AnswerAs): Promise<void>
  person(participantId: string, role: Role): Reviewer
  /** Encoded positions around lines, 1-based and inclusive, as a tab points at them. */
  lines(from: number, to: number): Promise<{ start: Uint8Array<ArrayBuffer>; end: Uint8Array<ArrayBuffer> }>
  /** Somebody types. */
  edit(change: (text: Y.Text) => void): Promise<void>
  /** The threads that a person sees. */
  seenBy(participantId: string): Promise<Thread[]>
}

type AnswerAs = Partial<Pick<TurnRecord, 'turnId' | 'number' | 'continues' | 'reason'>>

const log = pino({ level: 'silent' })

const answered: Omit<TurnRecord, 'sessionId' | 'askedBy'> = {
  turnId: 'turn-1',
  number: 1,
  kind: 'chat',
  prompt: 'Review',
  references: [],
  status: 'ended',
  backend: { backendId: 'b', name: 'B', kind: 'live', model: 'm' },
  startedAt: 1,
  text: '',
  reasoning: '',
  marks: [],
}

export async function startReviews(text: string): Promise<Fixture> {
  const store = await openStore({ file: ':memory:', log })
  const documents = createDocuments({ store, log })
  let last = 0
  const ids = () => `id${(last += 1)}`
  let now = 1_000
  const clock = () => (now += 1)
  const defaultBackend = () => ({ backendId: 'b', model: 'm' })
  const sessions = createSessions({ store, documents, samplesDir: 'server/sessions/samples', clock, ids, defaultBackend, log })
  onTestFinished(async () => {
    await documents.close()
    await store.close()
  })
  const prompts: string[] = []
  const references: Reference[][] = []
  let reviewAsked: { review?: true } = {}
  let endTurn: Fixture['answer'] = async () => {}
  const { sessionId } = await sessions.createEmpty('owner-visit', 'Review')
  const { fileId } = await sessions.createFile(sessionId, 'src/a.ts', { text })
  const turns = {
    start: async (asked: { prompt: string; references: Reference[]; review?: true }) => {
      reviewAsked = asked.review ? { review: true } : {}
      prompts.push(asked.prompt)
      references.push(asked.references)
      return { turnId: 'turn-1' }
    },
    onEvent: (listener: (event: TurnEvent) => void) => {
      endTurn = async (text, { reason = 'complete', ...as } = {}) => {
        const turn = { ...answered, ...reviewAsked, ...as, sessionId, askedBy: 'eda', text }
        await store.createTurn(turn)
        listener({ type: 'ended', sessionId, ended: { turnId: turn.turnId, reason } })
      }
      return () => {}
    },
  }
  const reviews = createReviews({ store, documents, sessions, turns, clock, ids, log })
  const events: ReviewEvent[] = []
  reviews.onEvent((event) => events.push(event))
  const open = async () => {
    const { clientId, update } = await documents.open(fileId, { participantId: 'typist' })
    documents.release(fileId)
    const doc = new Y.Doc()
    doc.clientID = clientId
    Y.applyUpdate(doc, update)
    return doc
  }
  return {
    reviews,
    documents,
    sessions,
    sessionId,
    fileId,
    events,
    prompts,
    references,
    answer: (text, as) => endTurn(text, as),
    person: (participantId, role) => ({ sessionId, participant: { participantId, role, name: participantId, colour: 0 } }),
    async lines(from, to) {
      const content = (await open()).getText('text')
      const ends = content
        .toString()
        .split('\n')
        .reduce<number[]>((all, line) => [...all, (all.at(-1) ?? 0) + line.length + 1], [])
      const position = (index: number, assoc: number) =>
        new Uint8Array(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(content, index, assoc)))
      return {
        start: position(ends[from - 2] ?? 0, 0),
        end: position(Math.min(content.length, ends[to - 1] ?? content.length), -1),
      }
    },
    async edit(change) {
      const doc = await open()
      const before = Y.encodeStateVector(doc)
      doc.transact(() => change(doc.getText('text')))
      const update = Y.encodeStateAsUpdate(doc, before)
      await documents.push(fileId, { participantId: 'typist', pushId: ids(), update })
    },
    seenBy: async (participantId) => (await reviews.snapshot(sessionId, participantId)).threads,
  }
}
