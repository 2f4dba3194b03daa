import * as Y from 'yjs'
import { documentText } from './document-text.ts'
import { loaded, tailBytes, type StoredDocument } from './stored-document.ts'

const longTailRows = 500
const longTailBytes = 256 * 1024

/**
 * The server's Y.Doc of one file. It runs ahead of the log by the commits in flight; when one of those fails it is `stale`
 * and never used again.
 */
export class DocumentState {
  readonly sessionId: string
  readonly doc: Y.Doc
  readonly text: Y.Text
  /** What became of each push in the log's tail, so that a repeated one is not stored twice. */
  readonly pushes = new Map<string, { seq: number; committed: Promise<{ seq: number }> }>()
  /** Last seq given, committed or in flight. */
  seq: number
  stale = false
  #snapshotSeq: number
  #tailBytes: number
  #lastCommit: Promise<unknown> = Promise.resolve()
  #encoded: { seq: number; update: Uint8Array } | undefined

  constructor(stored: StoredDocument) {
    this.sessionId = stored.sessionId
    this.doc = loaded(stored)
    this.text = documentText(this.doc)
    this.seq = stored.seq
    this.#snapshotSeq = stored.seq - stored.tail.length
    this.#tailBytes = tailBytes(stored)
    for (const { seq, pushId } of stored.tail) {
      if (pushId !== undefined) this.pushes.set(pushId, { seq, committed: Promise.resolve({ seq }) })
    }
  }

  /** Whether the log is so long that loading it would take time. */
  get isTailLong(): boolean {
    return this.seq - this.#snapshotSeq >= longTailRows || this.#tailBytes >= longTailBytes
  }

  /** Takes note of an append; called in the order of their seqs. */
  appending(row: { seq: number; pushId?: string; update?: Uint8Array }, committed: Promise<{ seq: number }>): void {
    this.#tailBytes += row.update?.byteLength ?? 0
    this.#lastCommit = Promise.allSettled([this.#lastCommit, committed])
    if (row.pushId !== undefined) this.pushes.set(row.pushId, { seq: row.seq, committed })
  }

  /** Resolves when everything that is in flight now has been decided; to false if this state is stale. */
  async settled(): Promise<boolean> {
    await this.#lastCommit
    return !this.stale
  }

  /** The whole document, encoded once per seq however many join. */
  encode(): Uint8Array {
    if (this.#encoded?.seq !== this.seq) this.#encoded = { seq: this.seq, update: Y.encodeStateAsUpdate(this.doc) }
    return this.#encoded.update
  }

  /** Takes note that a snapshot took the place of what was stored. */
  compacted(stored: StoredDocument): void {
    this.#snapshotSeq = stored.seq
    this.#tailBytes -= tailBytes(stored)
    for (const [pushId, push] of this.pushes) if (push.seq <= stored.seq) this.pushes.delete(pushId)
  }
}
