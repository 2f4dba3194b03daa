import * as Y from 'yjs'
import type { Store } from '#store/store.ts'
import { DocumentFailure } from './documents.ts'
import { documentText, seedUpdate } from './document-text.ts'

type StoredDocument = NonNullable<Awaited<ReturnType<Store['document']>>>
export type LogTail = StoredDocument['tail']

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
  snapshotSeq: number
  /** Bytes of the log rows after the snapshot. */
  tailBytes = 0
  stale = false
  #lastCommit: Promise<unknown> = Promise.resolve()
  #encoded: { seq: number; update: Uint8Array } | undefined

  /** Throws where the log does not join up. */
  constructor(stored: StoredDocument) {
    this.sessionId = stored.sessionId
    this.doc = new Y.Doc()
    this.text = documentText(this.doc)
    this.seq = stored.seq
    this.snapshotSeq = stored.seq - stored.tail.length
    const base = stored.snapshot ?? seedUpdate(new TextDecoder('utf-8', { ignoreBOM: true }).decode(stored.blob))
    this.doc.transact(() => {
      Y.applyUpdate(this.doc, base)
      for (const { seq, pushId, update } of stored.tail) {
        if (update) Y.applyUpdate(this.doc, update)
        this.tailBytes += update?.byteLength ?? 0
        if (pushId !== undefined) this.pushes.set(pushId, { seq, committed: Promise.resolve({ seq }) })
      }
    })
    if (hasParked(this.doc)) throw new Error('the log of a document has a gap')
  }

  /** Takes note of an append; called in the order of their seqs. */
  inFlight(commit: Promise<unknown>): void {
    this.#lastCommit = Promise.allSettled([this.#lastCommit, commit])
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

  /** Takes note that a snapshot up to `seq` took the place of `bytes` bytes of log rows. */
  compacted(seq: number, bytes: number): void {
    this.snapshotSeq = seq
    this.tailBytes -= bytes
    for (const [pushId, push] of this.pushes) if (push.seq <= seq) this.pushes.delete(pushId)
  }
}

/** Reads snapshot (or first text) and log. Rejects with `DocumentFailure` `not_found`, or with what the store rejects with. */
export async function loadDocument(store: Store, fileId: string): Promise<{ state: DocumentState; tail: LogTail }> {
  const stored = await store.document(fileId)
  if (!stored) throw new DocumentFailure('not_found')
  return { state: new DocumentState(stored), tail: stored.tail }
}

/** Whether Yjs has set something aside because what comes before it is missing. */
export function hasParked(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null
}
