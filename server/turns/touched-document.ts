import type * as Y from 'yjs'
import type { Replica } from '#documents/documents.ts'
import { createFileBasis, type FileBasis } from '#edits/file-basis.ts'
import type { LiveMerge } from '#edits/merge-into-live.ts'
import { successiveEdits } from '#edits/minimal-edit.ts'
import { FileResolver } from '#edits/resolve.ts'
import { deleteRecorded, insertRecorded, replaceRecorded } from './reversal.ts'
import type { HunkRecord } from './hunk-record.ts'

/**
 * A document that a turn writes: its replica, and how the text that the model saw became what it is now.
 * At most one commit is under way; until it is durable the next changes gather.
 */
export class TouchedDocument {
  readonly replica: Replica
  readonly resolver: FileResolver
  /** This turn created the file. */
  readonly created: boolean
  /** Where a created file stands whose path is not free yet, until a hunk says where it is to go. */
  beside: string | undefined
  /** Whether the basis is what the model saw in this turn, and not only what the file was before it. */
  readonly wasShown: boolean
  /** Some block was written to its end. */
  holdsHunks = false
  /** How often somebody else has changed the text. */
  foreignChanges = 0
  readonly #stopListening: () => void
  #busy: Promise<void> | undefined
  #failure: unknown

  /** `basis`: the text that the answer is about, if it is not what the document holds now; people may have changed that since. */
  constructor(replica: Replica, basis: { text: string | undefined; wasShown: boolean }, created: boolean) {
    this.replica = replica
    this.created = created
    this.wasShown = basis.wasShown
    const live = replica.text.toString()
    this.resolver = new FileResolver(createFileBasis(basis.text ?? live))
    if (basis.text !== undefined && basis.text !== live) recordDifference(this.basis, basis.text, live)
    this.#stopListening = replica.onForeignChange((event) => {
      this.foreignChanges += 1
      recordDelta(this.basis, event.delta)
    })
  }

  get basis(): FileBasis {
    return this.resolver.basis
  }

  get text(): Y.Text {
    return this.replica.text
  }

  get busy(): Promise<void> | undefined {
    return this.#busy
  }

  /** Why nothing can be written any more. */
  get failure(): unknown {
    return this.#failure
  }

  /** Does `work` after what is under way; the document is busy until then. */
  occupy(work: () => Promise<void>): void {
    const busy = (this.#busy === undefined ? work() : this.#busy.then(() => (this.#failure === undefined ? work() : undefined)))
      .catch((error: unknown) => {
        this.#failure ??= error
      })
      .finally(() => {
        if (this.#busy === busy) this.#busy = undefined
      })
    this.#busy = busy
  }

  /** Replaces a range of the expected text, recorded for `hunk`. Returns where the new text is in the live text. */
  replace(hunk: HunkRecord, start: number, end: number, content: string): { start: number; end: number } {
    const live = this.basis.recordOwnEdit(start, end, content)
    deleteRecorded(this.text, live.start, live.end - live.start, hunk.reversal)
    insertRecorded(this.text, live.start, content, hunk.reversal)
    return { start: live.start, end: live.start + content.length }
  }

  /** Brings a clean merge into the live text, recorded for `hunk`. */
  merge(hunk: HunkRecord, { place, ours, expected, live }: LiveMerge): void {
    replaceRecorded(this.text, place.to.start, ours, live, hunk.reversal)
    this.basis.recordMerge(place, expected, live)
  }

  /** Changes the live text past the basis, as somebody else's edit: what was there is then no longer what the model expects. */
  changeAsForeign(change: () => void): void {
    const before = this.text.toString()
    change()
    recordDifference(this.basis, before, this.text.toString())
  }

  close(): void {
    this.#stopListening()
    this.replica.close()
  }
}

function recordDelta(basis: FileBasis, delta: Y.YTextEvent['delta']): void {
  let index = 0
  for (const { retain = 0, insert, delete: deleted = 0 } of delta) {
    const inserted = typeof insert === 'string' ? insert.length : 0
    index += retain
    if (inserted > 0 || deleted > 0) basis.recordForeignEdit(index, index + deleted, inserted)
    index += inserted
  }
}

/** Somebody else turned `before` into `after`; only the two texts are known. */
function recordDifference(basis: FileBasis, before: string, after: string): void {
  for (const { start, end, text } of successiveEdits(before, after)) basis.recordForeignEdit(start, end, text.length)
}
