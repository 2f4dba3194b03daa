import * as Y from 'yjs'
import type { Logger } from 'pino'
import type { HunkEvent } from '#protocol/hunks.ts'
import type { IssuedClient, Store, StoredDocument, StoredHunkEvent, StoredRow } from '#store/store.ts'
import { authorKey, authorOf } from './author.ts'
import { checkContinues, checkLength, decodeText, mayTakeLong, writingClients, type DecodedUpdate } from './check-update.ts'
import { ClientIds } from './client-ids.ts'
import { compactDocument } from './document-compaction.ts'
import { documentFailure } from './document-failure.ts'
import { DocumentState } from './document-state.ts'
import type { DocumentThread } from './document-thread.ts'
import { DocumentFailure, type Author, type CommittedRow } from './documents.ts'
import { appliesInTime } from './push-trial.ts'
import { withIntactDocument } from './intact-document.ts'
import { hasParked } from './stored-document.ts'

/** A compaction that failed would mostly fail again at the next row. */
const rowsBeforeAnotherTry = 500

/** What wants to be in the log. */
type Writing = { author: Author; pushId?: string; epoch?: number; update?: Uint8Array; hunkEvents?: StoredHunkEvent[] }

type LiveDocumentOptions = {
  fileId: string
  store: Store
  log: Logger
  compactor: DocumentThread
  loader: DocumentThread
  newClientId: () => number
  /** Called with each row after its commit, in the order of their seqs. */
  onCommitted: (row: CommittedRow) => void
}

/** One file's document while it is in use: one Y.Doc, one order of writers, one log. */
export class LiveDocument {
  readonly #options: LiveDocumentOptions
  readonly clientIds: ClientIds
  readonly #followers = new Set<(row: CommittedRow) => void>()
  #state: DocumentState | undefined
  #loading: Promise<void> | undefined
  #compacting: Promise<void> | undefined
  #compactAgainFromSeq = 0
  /** Writings are checked one after the other, in the order in which they came. */
  #entrance: Promise<unknown> = Promise.resolve()
  /** Resolves when the last state that was given up has nothing in flight any more. */
  #givenUp: Promise<unknown> = Promise.resolve()
  /** Last seq whose row was told; absent before the first load. */
  #toldSeq: number | undefined
  /** By seq, what rows were to tell of hunks whose commit seemed to fail: the log keeps only their text. */
  readonly #uncertain = new Map<number, HunkEvent[]>()

  constructor(options: LiveDocumentOptions) {
    this.#options = options
    this.clientIds = new ClientIds(options)
  }

  get fileId(): string {
    return this.#options.fileId
  }

  get store(): Store {
    return this.#options.store
  }

  get log(): Logger {
    return this.#options.log
  }

  /** Last committed seq. */
  get seq(): number {
    return this.#toldSeq ?? 0
  }

  /**
   * Takes something from the document, with every writing that came before, and hands it out once all that it shows is
   * committed. May take more than once.
   */
  async committed<Value>(take: (state: DocumentState) => Value): Promise<Value> {
    await this.#entrance
    for (;;) {
      const state = await this.#current()
      const value = take(state)
      if (await state.settled()) return value
    }
  }

  /** Told of every row after its commit. Returns its undo. */
  follow(follower: (row: CommittedRow) => void): () => void {
    this.#followers.add(follower)
    return () => this.#followers.delete(follower)
  }

  /** Durable when it resolves. */
  issueClientId(client: IssuedClient): Promise<number> {
    return this.clientIds.issue(() => this.#current(), client)
  }

  /** Checks and commits. Rejects with `DocumentFailure`. */
  async write(writing: Writing): Promise<{ seq: number }> {
    const admitted = this.#entrance.then(() => this.#admit(writing))
    this.#entrance = admitted.catch(() => {})
    return (await admitted).committed
  }

  /** Gives up what is in memory; the next use reads the log. */
  invalidate(): void {
    const state = this.#state
    if (!state) return
    state.stale = true
    this.#givenUp = state.settled()
    this.#state = undefined
  }

  /** Stores a snapshot and the text where the log has grown. Never rejects: what fails is done the next time. */
  compact(): Promise<void> {
    this.#compacting ??= this.#compact()
      .catch((error: unknown) => {
        this.#compactAgainFromSeq = this.seq + rowsBeforeAnotherTry
        this.#options.log.warn({ err: error, fileId: this.fileId }, 'a document was not compacted')
      })
      .finally(() => {
        this.#compacting = undefined
      })
    return this.#compacting
  }

  async #compact(): Promise<void> {
    if (!this.#state) return
    // What is in flight belongs into the snapshot that the last one to leave makes.
    const state = await this.committed((current) => current)
    const done = await compactDocument(this.#options)
    if (done && !state.stale) state.compacted(done.covered, done.bytes)
  }

  async #current(): Promise<DocumentState> {
    for (;;) {
      if (this.#state) return this.#state
      this.#loading ??= this.#load().finally(() => {
        this.#loading = undefined
      })
      await this.#loading
    }
  }

  async #load(): Promise<void> {
    await this.#givenUp
    try {
      const { stored, doc } = await this.#read()
      const state = new DocumentState(stored, doc)
      // Rows that were committed although their commit seemed to fail.
      const untold = await this.#rowsAfter(this.#toldSeq ?? state.seq, state.seq)
      this.#state = state
      for (const { author, ...row } of untold)
        this.#tell(state, { ...row, ...this.#hunksOf(row.seq), author: authorOf(author) })
      this.#uncertain.clear()
      this.#toldSeq = state.seq
    } catch (error) {
      throw documentFailure(error, this.#options)
    }
  }

  #hunksOf(seq: number): Pick<CommittedRow, 'hunkEvents'> {
    const hunkEvents = this.#uncertain.get(seq)
    return hunkEvents === undefined ? {} : { hunkEvents }
  }

  /** What is committed, in a Y.Doc of its own. Rejects with `DocumentFailure`. */
  async copy(): Promise<{ doc: Y.Doc; seq: number }> {
    try {
      const { stored, doc } = await this.#read()
      return { doc, seq: stored.seq }
    } catch (error) {
      throw documentFailure(error, this.#options)
    }
  }

  async #read(): Promise<{ stored: StoredDocument; doc: Y.Doc }> {
    const { loader } = this.#options
    const intact = await withIntactDocument(this.#options, (stored) => loader.load(stored))
    if (!intact) throw new DocumentFailure('not_found')
    return { stored: intact.stored, doc: intact.value }
  }

  async #rowsAfter(afterSeq: number, seq: number): Promise<StoredRow[]> {
    if (afterSeq >= seq) return []
    return (await this.#options.store.documentRows(this.fileId, afterSeq))?.rows.filter((row) => row.seq <= seq) ?? []
  }

  /** Resolves when the writing has its place in the order; `committed` when it is durable. */
  async #admit(writing: Writing): Promise<{ committed: Promise<{ seq: number }> }> {
    const { author, pushId, update } = writing
    const decoded = update && decodeText(update)
    // That there is no document is told before anything else about the update.
    await this.#current()
    if (writing.epoch !== undefined) await this.#checkEpoch(writing.epoch, pushId)
    for (const client of decoded ? writingClients(decoded) : []) {
      if (!(await this.clientIds.isOf(authorKey(author), client))) throw new DocumentFailure('foreign_client')
    }
    if (decoded) await this.tryIfCostly(decoded, update)
    let state = await this.#current()
    while (state.stale) state = await this.#current()
    // Nothing may wait from here on: the seq is given by the place in this order.
    const earlier = pushId === undefined ? undefined : state.pushes.get(pushId)
    if (earlier) return earlier
    if (decoded) {
      checkContinues(state.doc, decoded)
      checkLength(state.doc, decoded)
      this.#apply(state, update)
    }
    return { committed: this.#append(state, writing) }
  }

  /** A push that the log has is answered whatever has become of the document since. */
  async #checkEpoch(epoch: number, pushId: string | undefined): Promise<void> {
    const state = await this.#current()
    const isStored = pushId !== undefined && state.pushes.has(pushId)
    if (epoch !== state.epoch && !isStored) throw new DocumentFailure('epoch_changed')
  }

  /** Rejects with `too_large` where applying the update would take Yjs very long. */
  async tryIfCostly(decoded: DecodedUpdate, update: Uint8Array): Promise<void> {
    const state = await this.#current()
    if (!mayTakeLong(state.doc, decoded)) return
    try {
      // As it is stored, which has to hold what the update may continue.
      await state.settled()
      const stored = await this.#options.store.document(this.fileId)
      if (stored === undefined) throw new DocumentFailure('not_found')
      if (!(await appliesInTime(stored, update))) throw new DocumentFailure('too_large')
    } catch (error) {
      throw documentFailure(error, this.#options)
    }
  }

  #apply(state: DocumentState, update: Uint8Array): void {
    try {
      Y.applyUpdate(state.doc, update)
      if (!hasParked(state.doc)) return
    } catch (cause) {
      this.invalidate()
      throw new DocumentFailure('forbidden_content', { cause })
    }
    // Structs that wait for each other in a circle.
    this.invalidate()
    throw new DocumentFailure('resync')
  }

  #append(state: DocumentState, { author, pushId, update, hunkEvents }: Writing): Promise<{ seq: number }> {
    const seq = ++state.seq
    const { sessionId } = state
    const row = {
      ...(pushId === undefined ? {} : { pushId }),
      ...(update === undefined ? {} : { update }),
    }
    const append = { sessionId, fileId: this.fileId, author: authorKey(author), afterSeq: seq - 1, ...row }
    const events = hunkEvents?.map(({ event }) => event)
    const committed = this.#options.store.append(hunkEvents === undefined ? append : { ...append, hunkEvents }).then(
      () => {
        this.#tell(state, { seq, author, ...row, ...(events === undefined ? {} : { hunkEvents: events }) })
        return { seq }
      },
      (error: unknown) => {
        // The document is now ahead of the log; appends in flight behind this one fail too, by their `afterSeq`.
        if (this.#state === state) this.invalidate()
        if (events !== undefined) this.#uncertain.set(seq, events)
        // It may have been committed all the same: then everybody is told, also where nobody writes any more.
        void this.#current().catch(() => {})
        throw documentFailure(error, this.#options)
      },
    )
    state.appending({ seq, ...row }, committed)
    return committed
  }

  #tell(state: DocumentState, row: Omit<CommittedRow, 'sessionId' | 'fileId'>): void {
    this.#toldSeq = row.seq
    const committed = { sessionId: state.sessionId, fileId: this.fileId, ...row }
    for (const follower of this.#followers) follower(committed)
    this.#options.onCommitted(committed)
    if (state.isTailLong && row.seq >= this.#compactAgainFromSeq) void this.compact()
  }
}
