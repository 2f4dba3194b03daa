import * as Y from 'yjs'
import type { ServerEvents } from '#protocol/events.ts'
import type { Failure, FailureCode, Result } from '#protocol/failures.ts'
import type { Reply } from '#protocol/commands.ts'
import type { Clock } from './clock.ts'
import { PushQueue, type PushQueueOptions } from './push-queue.ts'

export type DocumentStatus =
  /** Not editable yet: the server has not issued the client id. */
  | { state: 'opening' }
  | { state: 'open' }
  /** The server will not take this document's edits (any more); what is on screen may hold edits that are not stored. */
  | { state: 'refused'; reason: FailureCode }

export type DocumentRow = ServerEvents['document.updated']
/** What an open tells of a Y.Doc that already lives here: the id it writes under, and what it holds. */
export type Opening = { clientId?: number; stateVector?: Uint8Array }

/** Transactions with this origin came from the server. */
const remoteOrigin = Symbol('remote')

const reopenMs = 1_000
const passing: readonly FailureCode[] = ['unavailable', 'internal', 'rate_limited', 'not_joined', 'resync']

export type ClientDocumentOptions = Omit<PushQueueOptions, 'onResync' | 'onRefused'> & {
  fileId: string
  clock: Clock
  open(opening: Opening): Promise<Result<Reply<'document.open'>>>
  isOnline(): boolean
  /** A row between two known ones is missing. */
  onGap(): void
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
  /** Rows that arrived before the reply to an open; undefined while none is being awaited. */
  private held: DocumentRow[] | undefined
  private seq: number | undefined
  private cancelReopen: (() => void) | undefined
  private readWhole = false
  private closed = false

  constructor(options: ClientDocumentOptions) {
    this.options = options
    this.fileId = options.fileId
    this.queue = new PushQueue({
      ...options,
      onResync: () => {
        this.readWhole = true
        void this.reopen()
      },
      onRefused: (failure) => this.refuse(failure),
    })
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== remoteOrigin) this.queue.add(update)
    })
  }

  /** Own edits that the server has not stored yet. */
  get pending(): number {
    return this.queue.pending
  }

  /** Told when `status` changes. Returns its undo. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Opens the document, or brings it up to date after a reconnect, and sends what the server may lack. */
  async reopen(): Promise<void> {
    if (this.held !== undefined || this.closed || this.status.state === 'refused' || !this.options.isOnline()) return
    this.cancelReopen?.()
    this.held = []
    this.queue.pause()
    const whole = this.readWhole
    const answer = await this.options.open(this.opening(whole))
    const held = this.held
    this.held = undefined
    if (this.closed) return
    if (!answer.ok) return this.notOpened(answer.error)
    try {
      this.opened(answer.value, whole)
      this.apply(held)
    } catch (error) {
      this.refuse({ code: 'internal' })
      throw error // an update that Yjs cannot read is a bug of one of the two sides
    }
  }

  /** Applies committed rows in one transaction. */
  apply(rows: DocumentRow[]) {
    if (this.held !== undefined || this.seq === undefined) {
      this.held?.push(...rows)
      return
    }
    const due = rows.filter((row) => row.seq > (this.seq ?? 0))
    if (due.length === 0) return
    this.doc.transact(() => {
      for (const row of due) {
        if (row.update !== undefined) Y.applyUpdate(this.doc, row.update, remoteOrigin)
      }
    }, remoteOrigin)
    for (const row of due) {
      if (row.pushId !== undefined) this.queue.stored(row.pushId)
      if (row.seq !== this.seq + 1) this.options.onGap()
      this.seq = row.seq
    }
  }

  /** Stops sending until the next `reopen`: the connection is gone. */
  suspend() {
    this.queue.pause()
  }

  pump() {
    this.queue.pump()
  }

  close() {
    this.closed = true
    this.cancelReopen?.()
    this.queue.close()
    this.doc.destroy()
    this.listeners.clear()
  }

  private opening(whole: boolean): Opening {
    if (this.seq === undefined) return {}
    const clientId = this.doc.clientID
    return whole ? { clientId } : { clientId, stateVector: Y.encodeStateVector(this.doc) }
  }

  private opened({ clientId, seq, update }: Reply<'document.open'>, whole: boolean) {
    // Before the first edit and before history is applied: Yjs changes an id that it meets in history.
    this.doc.clientID = clientId
    Y.applyUpdate(this.doc, update, remoteOrigin)
    this.seq = seq
    if (whole) {
      this.readWhole = false
      if (this.pending > 0) {
        this.queue.replaceAll(Y.encodeStateAsUpdate(this.doc, Y.encodeStateVectorFromUpdate(update)))
      }
    }
    this.setStatus({ state: 'open' })
    this.queue.resume()
  }

  private notOpened(failure: Failure) {
    if (!passing.includes(failure.code)) return this.refuse(failure)
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
