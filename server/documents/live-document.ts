import * as Y from 'yjs'
import type { Logger } from 'pino'
import type { Store, StoredHunkEvent } from '#store/store.ts'
import { StoreFailure } from '#store/store-failure.ts'
import { authorKey, authorOf } from './author.ts'
import { checkContinues, checkLength, decodeText, mayTakeLong, writingClients, type DecodedUpdate } from './check-update.ts'
import type { Compactor } from './compactor.ts'
import { DocumentState } from './document-state.ts'
import { isFreshClientId } from './document-text.ts'
import { DocumentFailure, type Author, type CommittedRow } from './documents.ts'
import { appliesInTime } from './push-trial.ts'
import { hasParked } from './stored-document.ts'

/** A compaction that failed would mostly fail again at the next row. */
const rowsBeforeAnotherTry = 500

/** What wants to be in the log. */
type Writing = { author: Author; pushId?: string; update?: Uint8Array; hunkEvents?: StoredHunkEvent[] }

type LiveDocumentOptions = {
  fileId: string
  store: Store
  log: Logger
  compactor: Compactor
  newClientId: () => number
  /** Called with each row after its commit, in the order of their seqs. */
  onCommitted: (row: CommittedRow) => void
}

/** One file's document while it is in use: one Y.Doc, one order of writers, one log. */
export class LiveDocument {
  readonly #options: LiveDocumentOptions
  readonly #owners = new Map<number, string>()
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

  constructor(options: LiveDocumentOptions) {
    this.#options = options
  }

  get fileId(): string {
    return this.#options.fileId
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

  /** Reserves a client id that no Y.Doc of this document ever had; durable when it resolves. */
  async issueClientId(owner: string): Promise<number> {
    for (;;) {
      const { doc } = await this.#current()
      const clientId = this.#options.newClientId()
      if (!isFreshClientId(doc, clientId)) continue
      try {
        await this.#options.store.reserveClient(this.fileId, clientId, owner)
      } catch (error) {
        if (error instanceof StoreFailure && error.code === 'refused') continue
        throw this.#failure(error)
      }
      this.#owners.set(clientId, owner)
      return clientId
    }
  }

  async owns(owner: string, clientId: number): Promise<boolean> {
    let known = this.#owners.get(clientId)
    if (known === undefined) {
      await this.#current()
      try {
        known = await this.#options.store.clientOwner(this.fileId, clientId)
      } catch (error) {
        throw this.#failure(error)
      }
      if (known !== undefined) this.#owners.set(clientId, known)
    }
    return known === owner
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
    const stored = await this.#options.store.document(this.fileId)
    if (!stored || stored.tail.length === 0) return
    const { snapshot, text } = await this.#options.compactor.compact(stored)
    await this.#options.store.compact(this.fileId, { seq: stored.seq, snapshot, text })
    if (!state.stale) state.compacted(stored)
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
      const stored = await this.#options.store.document(this.fileId)
      if (!stored) throw new DocumentFailure('not_found')
      const state = new DocumentState(stored)
      // Rows that were committed although their commit seemed to fail.
      const untold = stored.tail.filter(({ seq }) => seq > (this.#toldSeq ?? state.seq))
      this.#state = state
      for (const { author, ...row } of untold) this.#tell(state, { ...row, author: authorOf(author) })
      this.#toldSeq = state.seq
    } catch (error) {
      throw this.#failure(error)
    }
  }

  /** Resolves when the writing has its place in the order; `committed` when it is durable. */
  async #admit(writing: Writing): Promise<{ committed: Promise<{ seq: number }> }> {
    const { author, pushId, update } = writing
    const decoded = update && decodeText(update)
    for (const client of decoded ? writingClients(decoded) : []) {
      if (!(await this.owns(authorKey(author), client))) throw new DocumentFailure('foreign_client')
    }
    if (decoded) await this.#tryIfCostly(decoded, update)
    let state = await this.#current()
    while (state.stale) state = await this.#current()
    // Nothing may wait from here on: the seq is given by the place in this order.
    const earlier = pushId === undefined ? undefined : state.pushes.get(pushId)
    if (earlier) return earlier
    if (decoded) {
      checkContinues(state.doc, decoded)
      checkLength(state.doc, update, decoded)
      this.#apply(state, update)
    }
    return { committed: this.#append(state, writing) }
  }

  async #tryIfCostly(decoded: DecodedUpdate, update: Uint8Array): Promise<void> {
    const state = await this.#current()
    if (!mayTakeLong(state.doc, decoded)) return
    const isFast = await appliesInTime(state.encode(), update).catch((error: unknown) => {
      throw this.#failure(error)
    })
    if (!isFast) throw new DocumentFailure('too_large')
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
    const committed = this.#options.store.append(hunkEvents === undefined ? append : { ...append, hunkEvents }).then(
      () => {
        const events = hunkEvents?.map(({ event }) => event)
        this.#tell(state, { seq, author, ...row, ...(events === undefined ? {} : { hunkEvents: events }) })
        return { seq }
      },
      (error: unknown) => {
        // The document is now ahead of the log; appends in flight behind this one fail too, by their `afterSeq`.
        if (this.#state === state) this.invalidate()
        throw this.#failure(error)
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

  #failure(error: unknown): DocumentFailure {
    if (error instanceof DocumentFailure) return error
    if (error instanceof StoreFailure && error.code === 'missing') return new DocumentFailure('not_found', { cause: error })
    this.#options.log.error({ err: error, fileId: this.fileId }, 'the store failed a document')
    return new DocumentFailure('unavailable', { cause: error })
  }
}
