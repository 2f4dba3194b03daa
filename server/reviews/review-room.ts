import { createHash } from 'node:crypto'
import type { Documents } from '#documents/documents.ts'
import { KeyedQueue } from '#sessions/keyed-queue.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { ReviewChange, StoredThread } from '#store/review-records.ts'
import type { Store } from '#store/store.ts'
import { ReviewRefused, type ReviewEvent } from './reviews.ts'
import { pendingAuthors, visibleTo } from './visibility.ts'

export type ReviewOptions = {
  store: Store
  documents: Documents
  sessions: Sessions
  /** Epoch milliseconds. */
  clock: () => number
  ids: () => string
  log: { error(detail: object, message: string): void }
}

/** What the parts of the review have in common: one change of a session follows the other, is stored, and is then told. */
export class ReviewRoom {
  readonly store: Store
  readonly documents: Documents
  readonly sessions: Sessions
  readonly now: () => number
  readonly newId: () => string
  readonly #log: ReviewOptions['log']
  readonly #listeners = new Set<(event: ReviewEvent) => void>()
  readonly #queue = new KeyedQueue()

  constructor({ store, documents, sessions, clock, ids, log }: ReviewOptions) {
    this.store = store
    this.documents = documents
    this.sessions = sessions
    this.now = clock
    this.newId = ids
    this.#log = log
  }

  onEvent(listener: (event: ReviewEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  tell(event: ReviewEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event)
      } catch (error) {
        this.#log.error({ err: error, sessionId: event.sessionId }, 'a listener of review events failed')
      }
    }
  }

  failed(error: unknown, message: string): void {
    this.#log.error({ err: error }, message)
  }

  /** Runs alone among the changes of this session's review. */
  changing<Value>(sessionId: string, change: () => Promise<Value>): Promise<Value> {
    return this.#queue.run(sessionId, change)
  }

  /** Stores changes of one thread and tells everyone what they may see of it now. */
  async save(before: StoredThread, changes: ReviewChange[]): Promise<void> {
    await this.store.saveReview(before.sessionId, changes)
    await this.tellThread(before)
  }

  async tellThread({
    sessionId,
    threadId,
    ...before
  }: Pick<StoredThread, 'sessionId' | 'threadId' | 'comments'>): Promise<void> {
    const thread = await this.store.thread(sessionId, threadId)
    const now = thread === undefined ? [] : pendingAuthors(thread)
    for (const to of now) {
      const own = thread && visibleTo(thread, to)
      if (own !== undefined) this.tell({ type: 'thread', sessionId, thread: own, to, except: [] })
    }
    const shared = thread && visibleTo(thread, null)
    if (shared !== undefined) return this.tell({ type: 'thread', sessionId, thread: shared, except: now })
    const wasShared = before.comments.some(({ pending }) => pending === undefined)
    if (wasShared) return this.tell({ type: 'removed', sessionId, threadId })
    const gone = before.comments.flatMap(({ author }) => author ?? []).filter((author) => !now.includes(author))
    for (const to of new Set(gone)) this.tell({ type: 'removed', sessionId, threadId, to })
  }

  /** A thread that this person may see. */
  async thread(sessionId: string, threadId: string, participantId: string): Promise<StoredThread> {
    const thread = await this.store.thread(sessionId, threadId)
    if (thread === undefined || visibleTo(thread, participantId) === undefined) throw new ReviewRefused('not_found')
    return thread
  }

  /** A comment that this person may see, and its thread. */
  async comment(sessionId: string, commentId: string, participantId: string) {
    const thread = await this.store.threadOfComment(sessionId, commentId)
    const comment = thread?.comments.find((one) => one.commentId === commentId)
    if (thread === undefined || comment === undefined || comment.deleted) throw new ReviewRefused('not_found')
    if (comment.pending && comment.author !== participantId) throw new ReviewRefused('not_found')
    const { reactions: _reactions, ...stored } = comment
    return { thread, comment: stored }
  }

  async file(sessionId: string, fileId: string) {
    const file = await this.sessions.file(sessionId, fileId)
    if (file === undefined) throw new ReviewRefused('not_found')
    return file
  }
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
