import * as Y from 'yjs'
import { documentHash } from '#protocol/document-hash.ts'
import type { DocumentHead, DocumentRange, DocumentRows } from '#protocol/documents.ts'
import type { Failure, FailureCode, Result } from '#protocol/failures.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { Clock } from './clock.ts'
import type { WholeDocument } from './large-state.ts'
import { passing } from './passing.ts'
import { PushQueue, type Push, type PushQueueOptions } from './push-queue.ts'

export type DocumentStatus =
  /** Not editable yet: the server has not issued the client id. */
  | { state: 'opening' }
  | { state: 'open' }
  /** The server will not take this document's edits (any more); what is on screen may hold edits that are not stored. */
  | { state: 'refused'; reason: FailureCode }

/** What an open tells of a Y.Doc that already lives here: the id and epoch it writes under, and what it holds. */
export type Opening = { clientId?: number; epoch?: number; stateVector?: Uint8Array }

/** A push as the outbox keeps it. */
export type WrittenPush = Push & { clientId: number; epoch: number; number: number }

/** Transactions with this origin came from the server. */
const remoteOrigin = Symbol('remote')

const reopenMs = 1_000

export type ClientDocumentOptions = Omit<PushQueueOptions, 'onResync' | 'onRefused' | 'keep' | 'send' | 'left'> & {
  fileId: string
  clock: Clock
  open(opening: Opening, signal: AbortSignal): Promise<Result<WholeDocument>>
  /** The rows after a seq. */
  rows(afterSeq: number): Promise<Result<DocumentRows>>
  send(push: { pushId: string; epoch: number; update: Uint8Array }): Promise<Result<{ seq: number }>>
  keep(push: WrittenPush, instead: readonly string[], onLate: () => void): Promise<boolean>
  /** Edits will wait: what the document holds is needed to make a text of them. */
  keepBase(clientId: number, state: Uint8Array): void
  isOnline(): boolean
  /** Hunks of this file as they are now. */
  onHunks(hunks: Hunk[]): void
}

/** One file's Y.Doc in this tab: opened by the server, fed by the log's rows, pushing what is typed here. */
export class ClientDocument {
  readonly fileId: string
  readonly doc = new Y.Doc()
  readonly text: Y.Text = this.doc.getText('text')
  status: DocumentStatus = { state: 'opening' }
  private readonly options: ClientDocumentOptions
  private readonly queue: PushQueue
  private readonly listeners = new Set<() => void>()
  /** Ranges that arrived before the reply to an open or to a question for rows; undefined while none is being awaited. */
  private held: DocumentRange[] | undefined
  private seq: number | undefined
  private pushNumber = 0
  private isBaseKept = false
  private cancelReopen: (() => void) | undefined
  private readWhole = false
  /** Ends the wait of an open. */
  private waiting: AbortController | undefined
  /** Opening was asked for while an open or the filling of a gap was under way: what those bring may be older than the connection. */
  private reopenNext = false
  /** Rows were passed over whose hunk events nobody has told. */
  private lacksHunks = false
  /** Own edits are stored up to here, whether or not their rows have arrived. */
  private acknowledgedSeq = 0
  private closed = false
  epoch = 0

  constructor(options: ClientDocumentOptions) {
    this.options = options
    this.fileId = options.fileId
    this.queue = new PushQueue({
      ...options,
      keep: (push, instead, onLate) => {
        const written = { clientId: this.doc.clientID, epoch: this.epoch, number: (this.pushNumber += 1) }
        return options.keep({ ...push, ...written }, instead, onLate)
      },
      send: async (pushId, update) => {
        const answer = await options.send({ pushId, epoch: this.epoch, update })
        if (answer.ok) this.acknowledgedSeq = Math.max(this.acknowledgedSeq, answer.value.seq)
        return answer
      },
      onResync: () => {
        this.readWhole = true
        void this.reopen()
      },
      onRefused: (failure) => this.refuse(failure),
    })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === remoteOrigin) return
      this.queue.add(update)
      if (!options.isOnline()) this.keepBase()
    })
  }

  /** Own edits that the server has not stored yet. */
  get pending(): number {
    return this.queue.pending
  }

  /** Those of them that would go with this tab. */
  get inTab(): { edits: number; unkept: number } {
    return this.queue.inTab
  }

  /** Told when `status` changes. Returns its undo. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Opens the document, or brings it up to date after a reconnect, and sends what the server may lack. */
  async reopen(): Promise<void> {
    if (this.closed || this.status.state === 'refused' || !this.options.isOnline()) return
    if (this.held !== undefined) {
      this.reopenNext = true
      return
    }
    this.cancelReopen?.()
    this.held = []
    this.queue.pause()
    const whole = this.readWhole
    this.waiting = new AbortController()
    const answer = await this.options.open(this.opening(whole), this.waiting.signal)
    const held = this.held
    const { reopenNext } = this
    this.held = undefined
    this.reopenNext = false
    if (this.closed) return
    if (reopenNext) return this.reopen()
    if (!answer.ok) return this.notOpened(answer.error)
    try {
      this.opened(answer.value, whole)
      this.apply(held)
    } catch (error) {
      this.refuse({ code: 'internal' })
      throw error // an update that Yjs cannot read is a bug of one of the two sides
    }
  }

  /** Applies ranges of committed rows in one transaction. What follows a gap waits until that is filled. */
  apply(ranges: DocumentRange[]) {
    if (this.held !== undefined || this.seq === undefined) {
      this.held?.push(...ranges)
      return
    }
    const news = ranges.filter((range) => range.seq > (this.seq ?? 0))
    let seq = this.seq
    const gap = news.findIndex((range) => {
      if (range.afterSeq > seq) return true
      seq = Math.max(seq, range.seq)
      return false
    })
    const due = gap < 0 ? news : news.slice(0, gap)
    this.doc.transact(() => {
      for (const range of due) {
        if (range.update !== undefined) Y.applyUpdate(this.doc, range.update, remoteOrigin)
      }
    }, remoteOrigin)
    for (const range of due) for (const pushId of range.pushIds ?? []) this.queue.stored(pushId)
    this.seq = seq
    if (gap >= 0) void this.fill(seq, news.slice(gap))
  }

  /** The hash of what is here, where that is another than the server's at the same seq. An acknowledgement may come before its row. */
  mismatch(head: DocumentHead): string | undefined {
    if (this.status.state !== 'open' || this.held !== undefined || this.pending > 0) return undefined
    if (this.seq !== head.seq || head.seq < this.acknowledgedSeq) return undefined
    const hash = documentHash(this.text.toString(), Y.encodeStateVector(this.doc))
    return hash === head.hash ? undefined : hash
  }

  /** Stops sending until the next `reopen`: the connection is gone. */
  suspend() {
    this.queue.pause()
    this.waiting?.abort()
    if (this.pending > 0) this.keepBase()
  }

  pump() {
    this.queue.pump()
  }

  /** What was just typed need not wait for its batch: the page may go. */
  seal() {
    this.queue.seal()
  }

  /** Everything that is not stored, as one push; undefined where nothing is. */
  rest(): Push | undefined {
    return this.queue.rest()
  }

  /** Returns the ids of pushes that the outbox still keeps. */
  close(): string[] {
    this.closed = true
    this.cancelReopen?.()
    this.waiting?.abort()
    const pushIds = this.queue.close()
    this.doc.destroy()
    this.listeners.clear()
    return pushIds
  }

  private opening(whole: boolean): Opening {
    if (this.seq === undefined) return {}
    const { clientID: clientId } = this.doc
    const known = { clientId, epoch: this.epoch }
    return whole ? known : { ...known, stateVector: Y.encodeStateVector(this.doc) }
  }

  private opened({ clientId, seq, epoch, updates }: WholeDocument, whole: boolean) {
    // Before the first edit and before history is applied: Yjs changes an id that it meets in history.
    this.doc.clientID = clientId
    this.epoch = epoch
    this.doc.transact(() => {
      for (const update of updates) Y.applyUpdate(this.doc, update, remoteOrigin)
    }, remoteOrigin)
    this.seq = seq
    this.isBaseKept = false
    if (whole) {
      this.readWhole = false
      if (this.pending > 0) {
        this.queue.replaceAll(Y.encodeStateAsUpdate(this.doc, stateVectorOf(updates)))
      }
    }
    this.setStatus({ state: 'open' })
    this.queue.resume()
    if (this.lacksHunks) void this.readHunks()
  }

  private async readHunks() {
    this.lacksHunks = false
    const answer = await this.options.rows(this.seq ?? 0)
    if (this.closed) return
    if (answer.ok && !answer.value.compacted) this.options.onHunks(answer.value.hunks)
    else this.lacksHunks = true
  }

  /** Asks for the rows of a gap; what came behind it, and comes meanwhile, is applied after them. */
  private async fill(afterSeq: number, behind: DocumentRange[]) {
    this.held = behind
    const answer = await this.options.rows(afterSeq)
    const held = this.held
    const reopenNext = this.reopenNext
    this.held = undefined
    this.reopenNext = false
    if (this.closed) return
    if (reopenNext || !answer.ok || answer.value.compacted || answer.value.rows.length === 0) {
      this.lacksHunks = true
      return void this.reopen()
    }
    const { fileId } = this
    const { rows, hunks } = answer.value
    this.apply(
      rows.map(({ seq, pushId, update }) => ({
        fileId,
        afterSeq: seq - 1,
        seq,
        ...(pushId !== undefined && { pushIds: [pushId] }),
        ...(update !== undefined && { update }),
      })),
    )
    this.options.onHunks(hunks)
    this.apply(held)
  }

  private keepBase() {
    if (this.isBaseKept || this.status.state !== 'open') return
    this.isBaseKept = true
    this.queue.seal()
    this.options.keepBase(this.doc.clientID, Y.encodeStateAsUpdate(this.doc))
  }

  private notOpened(failure: Failure) {
    if (failure.code !== 'resync' && !passing.includes(failure.code)) return this.refuse(failure)
    this.cancelReopen = this.options.clock.after(failure.retryAfterMs ?? reopenMs, () => void this.reopen())
  }

  private refuse(failure: Failure) {
    this.queue.pause()
    this.setStatus({ state: 'refused', reason: failure.code })
  }

  private setStatus(status: DocumentStatus) {
    if (status.state === this.status.state) return
    this.status = status
    for (const listener of this.listeners) listener()
  }
}

/** What a document holds that these updates make. */
function stateVectorOf(updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  const stateVector = Y.encodeStateVector(doc)
  doc.destroy()
  return stateVector
}
