import * as Y from 'yjs'
import type { StoredHunkEvent } from '#store/store.ts'
import { authorKey } from './author.ts'
import { documentText } from './document-text.ts'
import { DocumentFailure, type Author, type CommittedRow, type Replica } from './documents.ts'
import type { LiveDocument } from './live-document.ts'

const loneSurrogate = /\p{Surrogate}/u

/** Opens a replica of what is committed, with a client id of its own. */
export async function openReplica(live: LiveDocument, author: Author, onClose: () => void): Promise<Replica> {
  const clientId = await live.issueClientId({ owner: authorKey(author), role: 'editor' })
  // What was written before belongs into it.
  await live.committed(() => undefined)
  const since: CommittedRow[] = []
  const stop = live.follow((row) => since.push(row))
  try {
    const { doc, seq } = await live.copy()
    for (const row of since) if (row.update && row.seq > seq) Y.applyUpdate(doc, row.update)
    return new DocumentReplica({ live, author, clientId, doc, onClose })
  } finally {
    stop()
  }
}

class DocumentReplica implements Replica {
  readonly clientId: number
  readonly doc: Y.Doc
  readonly text: Y.Text
  readonly #stopFollowing: () => void
  readonly #live: LiveDocument
  readonly #author: Author
  readonly #onClose: () => void
  /** Own updates on their way through the log. */
  readonly #inFlight = new Set<Uint8Array>()
  /** Why this replica may hold something that the log does not. */
  #failure: unknown
  #closed = false
  #lastWrite: Promise<unknown> = Promise.resolve()

  constructor(options: { live: LiveDocument; author: Author; clientId: number; doc: Y.Doc; onClose: () => void }) {
    this.#live = options.live
    this.#author = options.author
    this.#onClose = options.onClose
    this.clientId = options.clientId
    this.doc = options.doc
    this.doc.clientID = options.clientId
    this.text = documentText(this.doc)
    this.#stopFollowing = this.#live.follow((row) => this.#follow(row))
  }

  get fileId(): string {
    return this.#live.fileId
  }

  async commit(edit: ((text: Y.Text) => void) | undefined, hunkEvents?: () => StoredHunkEvent[]): Promise<{ seq: number }> {
    if (this.#failure !== undefined || this.#closed) throw new DocumentFailure('unavailable', { cause: this.#failure })
    try {
      const update = edit && this.#run(edit)
      const events = hunkEvents?.() ?? []
      if (!update && events.length === 0) return { seq: this.#live.seq }
      const written = this.#live.write({
        author: this.#author,
        ...(update === undefined ? {} : { update }),
        ...(events.length === 0 ? {} : { hunkEvents: events }),
      })
      this.#lastWrite = written.catch(() => {})
      return await written
    } catch (error) {
      this.#failure ??= error
      throw error
    }
  }

  onForeignChange(listener: (event: Y.YTextEvent) => void): () => void {
    const observe = (event: Y.YTextEvent, transaction: Y.Transaction) => {
      if (transaction.origin !== this) listener(event)
    }
    this.text.observe(observe)
    return () => this.text.unobserve(observe)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#stopFollowing()
    void this.#lastWrite.then(this.#onClose)
  }

  /** Runs `edit` as one transaction and returns its update, or undefined where nothing changed. */
  #run(edit: (text: Y.Text) => void): Uint8Array | undefined {
    let update: Uint8Array | undefined
    const keep = (bytes: Uint8Array) => (update = bytes)
    this.doc.on('update', keep)
    try {
      this.doc.transact(() => edit(this.text), this)
    } finally {
      this.doc.off('update', keep)
    }
    if (!update) return undefined
    // An update is UTF-8: half a surrogate pair would become another character in everybody else's document.
    if (hasReplacement(update) && loneSurrogate.test(this.text.toString())) throw new DocumentFailure('forbidden_content')
    this.#inFlight.add(update)
    return update
  }

  #follow(row: CommittedRow): void {
    if (!row.update || this.#inFlight.delete(row.update)) return
    try {
      Y.applyUpdate(this.doc, row.update, this.#live)
    } catch (error) {
      // Whoever listens here has failed; the row is committed, and everybody else is told of it.
      this.#failure ??= error
    }
  }
}

/** Whether the bytes hold U+FFFD in UTF-8. */
function hasReplacement(update: Uint8Array): boolean {
  return Buffer.from(update.buffer, update.byteOffset, update.byteLength).includes('\uFFFD')
}
