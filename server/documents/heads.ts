import * as Y from 'yjs'
import type { Logger } from 'pino'
import type { CommittedHead } from './documents.ts'
import type { LiveDocument } from './live-document.ts'
import { hashOfPieces, textPieces } from './text-pieces.ts'

const intervalMs = 5_000

/** Runs work again and again after that many milliseconds. Returns its undo. */
export type Every = (intervalMs: number, work: () => void) => () => void

export const systemEvery: Every = (ms, work) => {
  const timer = setInterval(work, ms).unref()
  return () => clearInterval(timer)
}

/**
 * Tells now and then what the documents are that somebody looks at, so that a tab that came to hold something else finds out. A document
 * that has not changed since is not told again.
 */
export class Heads {
  readonly #log: Logger
  readonly #viewed: () => LiveDocument[]
  readonly #listeners = new Set<(head: CommittedHead) => void>()
  readonly #told = new WeakMap<LiveDocument, number>()
  readonly #stop: () => void
  #telling = false

  constructor({ every, log, viewed }: { every: Every; log: Logger; viewed: () => LiveDocument[] }) {
    this.#log = log
    this.#viewed = viewed
    this.#stop = every(intervalMs, () => void this.#tell())
  }

  readonly on = (listener: (head: CommittedHead) => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    this.#stop()
    this.#listeners.clear()
  }

  async #tell(): Promise<void> {
    if (this.#telling) return
    this.#telling = true
    for (const live of this.#viewed()) {
      try {
        await this.#tellOf(live)
      } catch (error) {
        // The document was deleted, or cannot be read: whoever uses it is told so.
        this.#log.debug({ err: error, fileId: live.fileId }, 'a document has no head')
      }
    }
    this.#telling = false
  }

  async #tellOf(live: LiveDocument): Promise<void> {
    if (this.#told.get(live) === live.seq) return
    const { fileId } = live
    const { pieces, stateVector, ...committed } = await live.committed(({ doc, text, seq, sessionId }) => ({
      sessionId,
      seq,
      pieces: textPieces(text),
      stateVector: Y.encodeStateVector(doc),
    }))
    // As `documentHash` makes it, which would hold up everybody else.
    const head = { fileId, ...committed, hash: await hashOfPieces(pieces, stateVector) }
    this.#told.set(live, head.seq)
    for (const listener of this.#listeners) listener(head)
  }
}
