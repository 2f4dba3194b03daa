import type { AnswerBlock } from '#edits/answer-blocks.ts'
import { lineCount } from '#edits/lines.ts'
import type { Store, StoredHunkEvent } from '#store/store.ts'
import type { BlockProgress } from './block-writer.ts'
import type { HunkRecord, HunkSubject } from './hunk-record.ts'
import type { TouchedDocument } from './touched-document.ts'

/** A block that renames or deletes a file: it becomes a hunk, and nothing happens to the file until somebody accepts that. */
export class TreeChange {
  readonly block: AnswerBlock
  readonly document: TouchedDocument
  readonly searching = undefined
  readonly begun = undefined
  readonly waits = true
  readonly #operation: 'rename' | 'delete'
  readonly #newHunk: (subject: Omit<HunkSubject, 'hunkId' | 'turn'>) => HunkRecord
  /** The hunk, once it was told. */
  #record: HunkRecord | undefined
  #isWithdrawn = false

  constructor(
    block: AnswerBlock,
    document: TouchedDocument,
    operation: 'rename' | 'delete',
    newHunk: (subject: Omit<HunkSubject, 'hunkId' | 'turn'>) => HunkRecord,
  ) {
    this.block = block
    this.document = document
    this.#operation = operation
    this.#newHunk = newHunk
  }

  hasWork(): boolean {
    return true
  }

  /** The answer has thought better of it. Called by who is alone with the document; what somebody has decided meanwhile stands. */
  async withdraw(store: Store): Promise<void> {
    this.#isWithdrawn = true
    const record = this.#record
    if (record === undefined) return
    const [stored] = await store.hunksById([record.hunk.hunkId])
    if (stored?.state !== 'settled' || stored.decidedBy !== undefined) return
    await this.document.replica.commit(undefined, () => [record.changed({ state: 'aborted', reason: 'retried' })])
  }

  /** Runs inside a transaction of the document. */
  advance(_nowMs: number, events: StoredHunkEvent[]): BlockProgress {
    if (this.#isWithdrawn) return { kind: 'done' }
    const { block, document } = this
    const record = this.#newHunk({ block, fileId: document.replica.fileId, kind: this.#operation })
    this.#record = record
    document.holdsHunks = true
    if (this.#operation === 'rename') {
      events.push(
        record.changed({ state: 'settled', ...(block.patch?.newPath !== undefined && { newPath: block.patch.newPath }) }),
      )
    } else {
      const baseText = document.text.toString()
      events.push(record.changed({ state: 'settled', baseText, deletedLines: lineCount(baseText) }))
    }
    return { kind: 'done' }
  }
}
