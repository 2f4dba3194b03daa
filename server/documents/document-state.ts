import * as Y from 'yjs'
import type { StoredDocument } from '#store/store.ts'
import { documentText } from './document-text.ts'
import type { StoredState } from './documents.ts'
import { storedBytes, tailBytes } from './stored-document.ts'

const longTailRows = 500
const longTailBytes = 256 * 1024
const mostPushes = 4_000

/**
 * The server's Y.Doc of one file. It runs ahead of the log by the commits in flight; when one of those fails it is `stale`
 * and never used again.
 */
export class DocumentState {
  readonly sessionId: string
  readonly epoch: number
  readonly doc: Y.Doc
  readonly text: Y.Text
  /** What became of each push whose row is kept, so that a repeated one is not stored twice. */
  readonly pushes = new Map<string, { seq: number; committed: Promise<{ seq: number }> }>()
  /** Last seq given, committed or in flight. */
  seq: number
  stale = false
  /** Covered by a snapshot that was loaded or verified here; 0 where there is none. */
  snapshotSeq: number
  /** What is served of it in one piece, no older than `seq`. */
  served?: { seq: number; stored: Promise<StoredState> }
  #snapshotBytes: number
  #tailBytes: number
  #lastCommit: Promise<unknown> = Promise.resolve()
  #encoded: { seq: number; update: Uint8Array } | undefined

  /** `doc`: what is stored, loaded. */
  constructor(stored: StoredDocument, doc: Y.Doc) {
    this.sessionId = stored.sessionId
    this.epoch = stored.epoch
    this.doc = doc
    this.text = documentText(this.doc)
    this.seq = stored.seq
    this.snapshotSeq = stored.snapshotSeq
    this.#tailBytes = tailBytes(stored)
    this.#snapshotBytes = storedBytes(stored) - this.#tailBytes
    for (const { seq, pushId } of [...stored.earlierPushes, ...stored.tail]) {
      if (pushId !== undefined) this.pushes.set(pushId, { seq, committed: Promise.resolve({ seq }) })
    }
  }

  /** Whether the log is so long that loading it would take time. */
  get isTailLong(): boolean {
    return this.seq - this.snapshotSeq >= longTailRows || this.#tailBytes >= longTailBytes
  }

  /** Of all that is stored to make the document; what encoding it would give is at most about as much. */
  get storedBytes(): number {
    return this.#snapshotBytes + this.#tailBytes
  }

  /** Takes note of an append; called in the order of their seqs. */
  appending(row: { seq: number; pushId?: string; update?: Uint8Array }, committed: Promise<{ seq: number }>): void {
    this.#tailBytes += row.update?.byteLength ?? 0
    this.#lastCommit = Promise.allSettled([this.#lastCommit, committed])
    if (row.pushId === undefined) return
    this.pushes.set(row.pushId, { seq: row.seq, committed })
    // The oldest come first. Whatever comes again after so long changes nothing either, it only takes a row.
    for (const pushId of this.pushes.keys()) {
      if (this.pushes.size <= mostPushes) break
      this.pushes.delete(pushId)
    }
  }

  /** Resolves when everything that is in flight now has been decided; to false if this state is stale. */
  async settled(): Promise<boolean> {
    await this.#lastCommit
    return !this.stale
  }

  /** The whole document, encoded once per seq however many join. Takes long where `storedBytes` are many. */
  encode(): Uint8Array {
    if (this.#encoded?.seq !== this.seq) this.#encoded = { seq: this.seq, update: Y.encodeStateAsUpdate(this.doc) }
    return this.#encoded.update
  }

  /** Takes note that a snapshot of so many bytes covers what was stored. */
  compacted(stored: StoredDocument, snapshotBytes: number): void {
    this.snapshotSeq = stored.seq
    this.#snapshotBytes = snapshotBytes
    this.#tailBytes -= tailBytes(stored)
  }
}
