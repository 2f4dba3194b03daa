import type { AnswerBlock } from '#edits/answer-blocks.ts'
import type { HunkEvent, HunkReason } from '#protocol/hunks.ts'
import type { Store, StoredHunkEvent } from '#store/store.ts'
import { failedBlock, type FailedBlock } from './failed-block.ts'
import { HunkRecord, type HunkSubject } from './hunk-record.ts'
import { proposalOf } from './proposals.ts'

export type ResultsOptions = {
  turn: { turnId: string; sessionId: string; askedBy: string }
  store: Store
  newHunkId: () => string
  /** Told of hunks that belong to no document, once they are durable. */
  onHunks: (hunkEvents: HunkEvent[]) => void
}

/** What becomes of the blocks of a turn, and the proposals that stand for those which no document can take. */
export class BlockResults {
  readonly #options: ResultsOptions
  readonly #pending = new Set<Promise<void>>()
  readonly #counts = { applied: 0, failed: 0 }
  #failed: FailedBlock[] = []
  #failure: unknown

  constructor(options: ResultsOptions) {
    this.#options = options
  }

  get counts(): { applied: number; failed: number } {
    return { ...this.#counts }
  }

  /** What is being stored. */
  get pending(): Iterable<Promise<void>> {
    return this.#pending
  }

  /** Why something could not be stored. */
  get failure(): unknown {
    return this.#failure
  }

  newHunk(subject: Omit<HunkSubject, 'hunkId' | 'turn'>): HunkRecord {
    const { turn, newHunkId } = this.#options
    return new HunkRecord({ ...subject, hunkId: newHunkId(), turn })
  }

  applied(): void {
    this.#counts.applied += 1
  }

  failed(failed: FailedBlock): void {
    this.#failed.push(failed)
    this.#counts.failed += 1
  }

  /** What failed since it was asked last. */
  takeFailed(): FailedBlock[] {
    return this.#failed.splice(0)
  }

  /** A complete or broken block that no document can take; one that was cut off leaves nothing. */
  withoutDocument(block: AnswerBlock, reason: HunkReason, toldAs = reason): void {
    if (block.end === 'cut_off') return
    const proposal = this.propose(block, proposalOf(block, 'unmatched', reason))
    this.failed(failedBlock(block, proposal.hunk, toldAs))
  }

  /** Its file was deleted meanwhile: somebody wanted that, so the model is not asked again. `begun`: its hunk, if there is one. */
  fileGone(block: AnswerBlock, begun: HunkRecord | undefined): void {
    if (begun === undefined) {
      this.withoutDocument(block, 'no_such_file', 'changed_meanwhile')
    } else if (block.end === 'cut_off') {
      this.#save(begun.leftWithoutFile({ state: 'aborted', reason: 'turn_ended' }))
    } else {
      this.#save(begun.leftWithoutFile(proposalOf(block, 'unmatched', 'no_such_file')))
      this.failed(failedBlock(block, begun.hunk, 'changed_meanwhile'))
    }
  }

  /** A proposal that belongs to no file. */
  propose(block: AnswerBlock, change: Parameters<HunkRecord['changed']>[0]): HunkRecord {
    const record = this.newHunk({ block, fileId: null, kind: 'edit' })
    this.#save(record.changed(change))
    return record
  }

  #save(stored: StoredHunkEvent): void {
    const { store, turn, onHunks } = this.#options
    const save = () => store.saveHunks(turn.sessionId, [stored])
    // Saving twice changes nothing, and what seemed to fail may be stored.
    const pending = save()
      .catch(save)
      .then(
        () => onHunks([stored.event]),
        (error: unknown) => {
          this.#failure ??= error
        },
      )
      .finally(() => this.#pending.delete(pending))
    this.#pending.add(pending)
  }
}
