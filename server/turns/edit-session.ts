import { DocumentFailure } from '#documents/documents.ts'
import { AnswerBlocks, type AnswerBlock } from '#edits/answer-blocks.ts'
import type { ParserEvent } from '#edits/parser-events.ts'
import type { HunkEvent, HunkReason } from '#protocol/hunks.ts'
import type { Store, StoredHunkEvent } from '#store/store.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { BlockWriter, type RollBack } from './block-writer.ts'
import type { DocumentLines } from './document-lines.ts'
import { failedBlock, type FailedBlock } from './failed-block.ts'
import { HunkRecord, type HunkSubject } from './hunk-record.ts'
import { proposalOf } from './proposals.ts'
import { discardCreatedFile, takeBack } from './roll-back.ts'
import type { SimilaritySearch } from './similarity-search.ts'
import type { Targets } from './targets.ts'
import type { TouchedDocument } from './touched-document.ts'
import { TreeChange } from './tree-change.ts'

export type EditSessionOptions = {
  turn: { turnId: string; sessionId: string; askedBy: string }
  targets: Targets
  store: Store
  sessions: Sessions
  lines: DocumentLines
  search: SimilaritySearch
  newHunkId: () => string
  /** Told of hunks that belong to no document, once they are durable. */
  onHunks: (hunkEvents: HunkEvent[]) => void
}

type Writer = BlockWriter | TreeChange

/** In one document and tick, a millisecond or two each in a large one: who else is served by this thread does not wait longer. */
const mostBlocksAtOnce = 16

/**
 * Turns the blocks of a turn's answers into edits of shared documents while they arrive. Everything happens in ticks: one transaction per
 * document and tick, and none for a document whose last one is not durable yet.
 */
export class EditSession {
  readonly #options: EditSessionOptions
  readonly #blocks = new AnswerBlocks()
  readonly #writers = new Map<AnswerBlock, Writer>()
  readonly #deletions = new Map<string, TreeChange>()
  readonly #pending = new Set<Promise<void>>()
  #failed: FailedBlock[] = []
  readonly #counts = { applied: 0, failed: 0 }
  #failure: unknown

  constructor(options: EditSessionOptions) {
    this.#options = options
  }

  /** What became of the blocks so far. */
  get counts(): { applied: number; failed: number } {
    return { ...this.#counts }
  }

  /** `cutOff`: these are the last events of an answer that did not reach its end. */
  take(events: readonly ParserEvent[], nowMs: number, cutOff = false): void {
    this.#blocks.take(events, nowMs, cutOff)
  }

  /** Writes what there is to write. Returns whether another tick is needed although nothing new arrives. */
  tick(nowMs: number): boolean {
    const work = new Map<TouchedDocument, Writer[]>()
    for (const block of this.#blocks.waiting) {
      const writer = this.#writerFor(block)
      if (writer === 'waits') break
      if (writer === 'done') continue
      if (writer.document.busy !== undefined || !writer.hasWork(nowMs)) continue
      const writers = work.get(writer.document)
      if (writers === undefined) work.set(writer.document, [writer])
      else if (writers.length < mostBlocksAtOnce) writers.push(writer)
    }
    for (const [document, writers] of work) this.#write(document, writers, nowMs)
    return this.#blocks.waiting.some((block) => this.#writers.get(block)?.waits ?? true)
  }

  /**
   * Resolves when all blocks that have ended are written, or taken back, durably. Rejects when the store or the documents failed. Returns
   * what could not be applied since it was asked last.
   */
  async settle(nowMs: () => number): Promise<FailedBlock[]> {
    const { targets } = this.#options
    for (;;) {
      this.tick(nowMs())
      const busy = targets.documents.flatMap(({ busy }) => busy ?? [])
      const searching = [...this.#writers.values()].flatMap((writer) => writer.searching ?? [])
      const pending = [...this.#pending, ...targets.pending, ...busy, ...searching]
      if (pending.length === 0) break
      await Promise.all(pending)
    }
    const failures = targets.documents.flatMap(({ failure }) => failure ?? [])
    const failure = this.#failure ?? targets.failure ?? failures.find((cause) => !isFileGone(cause))
    if (failure !== undefined) throw failure
    return this.#failed.splice(0)
  }

  /** Settles, and lets go of everything; `isClean` unless a file was deleted while something was written in it. */
  async finish(nowMs: () => number): Promise<{ isClean: boolean }> {
    const { targets } = this.#options
    try {
      await this.settle(nowMs)
      if (this.#blocks.waiting.length > 0) throw new Error('blocks are left that nobody can write')
      return { isClean: targets.documents.every(({ failure }) => failure === undefined) }
    } finally {
      targets.close()
    }
  }

  /** Gives up all blocks, none of which was written yet. */
  async drop(): Promise<{ isClean: boolean }> {
    const { targets } = this.#options
    await Promise.all(targets.pending)
    targets.close()
    return { isClean: true }
  }

  #write(document: TouchedDocument, writers: readonly Writer[], nowMs: number): void {
    let failed: (() => Promise<void>) | undefined
    document.write((events) => {
      for (const writer of writers) {
        const progress = writer.advance(nowMs, events)
        if (progress.kind === 'open') break
        this.#done(writer.block)
        if (progress.kind === 'rollBack') {
          failed = () => this.#rollBack(writer, progress)
          break
        }
        if (progress.failed !== undefined) this.#fail(progress.failed)
        else if (writer.block.end === 'complete') this.#counts.applied += 1
      }
    })
    const rollBack = failed
    if (rollBack !== undefined) document.occupy(() => this.#options.lines.run(document.replica.fileId, rollBack))
  }

  /** The writer of a block once its document is open; `done` when the block has become a proposal without one. */
  #writerFor(block: AnswerBlock): Writer | 'waits' | 'done' {
    const known = this.#writers.get(block)
    if (known !== undefined) {
      if (known.document.failure === undefined) return known
      return this.#documentFailed(known)
    }
    if (block.malformed === 'refused_path') return this.#withoutDocument(block, 'refused_path')
    if (block.path === '') return this.#withoutDocument(block, 'malformed')
    const { targets } = this.#options
    const target = targets.at(block.path)
    if (target === undefined) return 'waits'
    if (target.kind === 'none') return this.#withoutDocument(block, target.reason)
    if (target.kind === 'missing') return this.#createFor(block)
    const operation = block.patch?.operation
    const isTreeChange = operation === 'rename' || operation === 'delete'
    const writer = isTreeChange
      ? this.#treeChange(block, target.document, operation)
      : this.#blockWriter(block, target.document)
    if (typeof writer !== 'string') this.#writers.set(block, writer)
    return writer
  }

  /** A block that starts a file creates it as soon as that is clear. */
  #createFor(block: AnswerBlock): 'waits' | 'done' {
    const operation = block.patch?.operation
    const startsFile = operation === undefined || operation === 'update' ? isBlank(block.oldLines) : operation === 'add'
    if (block.oldLinesComplete && !startsFile) return this.#withoutDocument(block, 'no_such_file')
    if (block.oldLinesComplete && block.malformed === undefined && !isOver(block)) {
      // The answer deletes a file and writes it anew: that is a change of the file.
      if (this.#options.targets.create(block.path) === 'restored') this.#deletions.get(block.path)?.withdraw()
    } else if (isOver(block)) return this.#withoutDocument(block, 'malformed')
    return 'waits'
  }

  #blockWriter(block: AnswerBlock, document: TouchedDocument): BlockWriter {
    return new BlockWriter(block, document, { newHunk: (subject) => this.#newHunk(subject), search: this.#options.search })
  }

  /** The blocks behind it mean the file by its new path, or no file: so it is staged before they are looked at. */
  #treeChange(block: AnswerBlock, document: TouchedDocument, operation: 'rename' | 'delete'): Writer | 'waits' | 'done' {
    if (block.end === undefined) return 'waits'
    if (block.end !== 'complete') return this.#withoutDocument(block, 'malformed')
    if (block.patch?.newPath === block.path) return this.#done(block)
    const { targets } = this.#options
    const change = new TreeChange(block, document, operation, (subject) => this.#newHunk(subject))
    if (operation === 'rename') targets.rename(block.path, block.patch?.newPath ?? block.path)
    else {
      targets.remove(block.path)
      this.#deletions.set(block.path, change)
    }
    return change
  }

  #newHunk(subject: Omit<HunkSubject, 'hunkId' | 'turn'>): HunkRecord {
    const { turn, newHunkId } = this.#options
    return new HunkRecord({ ...subject, hunkId: newHunkId(), turn })
  }

  /** A block that no document can take becomes a proposal as soon as it is complete. */
  #withoutDocument(block: AnswerBlock, reason: HunkReason): 'waits' | 'done' {
    if (block.end === undefined) return 'waits'
    this.#done(block)
    if (block.end === 'cut_off') return 'done'
    const record = this.#newHunk({ block, fileId: null, kind: 'edit' })
    this.#save(record.changed(proposalOf(block, 'unmatched', reason)))
    this.#fail(failedBlock(block, record.hunk, reason))
    return 'done'
  }

  #fail(failed: FailedBlock): void {
    this.#failed.push(failed)
    this.#counts.failed += 1
  }

  #save(stored: StoredHunkEvent): void {
    const { store, turn, onHunks } = this.#options
    const pending = store
      .saveHunks(turn.sessionId, [stored])
      .then(
        () => onHunks([stored.event]),
        (error: unknown) => {
          this.#failure ??= error
        },
      )
      .finally(() => this.#pending.delete(pending))
    this.#pending.add(pending)
  }

  #documentFailed(writer: Writer): 'waits' | 'done' {
    if (isFileGone(writer.document.failure)) return this.#withoutDocument(writer.block, 'no_such_file')
    this.#done(writer.block)
    return 'done'
  }

  #done(block: AnswerBlock): 'done' {
    this.#blocks.remove(block)
    this.#writers.delete(block)
    return 'done'
  }

  /** A created file that nothing stands in goes with its hunk, and what was to stand there becomes a proposal without a file. */
  async #rollBack({ block, document }: Writer, { record, change, afterwards, failed }: RollBack): Promise<void> {
    const { store, sessions, targets, turn } = this.#options
    const { replica } = document
    const others = await store.hunksOfFile(turn.sessionId, replica.fileId)
    const isFileLeft = !document.created || document.holdsHunks
    if (isFileLeft && failed !== undefined) this.#fail(failed)
    let given: StoredHunkEvent[] = []
    await replica.commit(
      () => document.changeAsForeign(() => (given = takeBack(replica, record.told ? [record.reversible] : [], others))),
      () => {
        const kept = { ...change, ...afterwards?.() }
        const now = isFileLeft ? kept : { state: 'aborted' as const, reason: change.reason ?? 'turn_ended' }
        return [...given, ...(record.told || isFileLeft ? [record.changed(now)] : [])]
      },
    )
    if (isFileLeft) return
    const outcome = await discardCreatedFile({ sessions, sessionId: turn.sessionId }, replica, others)
    if (outcome === 'deleted') targets.forget(block.path)
    if (change.state === 'aborted') return
    const proposal = this.#newHunk({ block, fileId: null, kind: 'edit' })
    this.#save(proposal.changed(change))
    if (failed !== undefined) this.#fail({ ...failed, hunk: proposal.hunk })
  }
}

function isFileGone(failure: unknown): boolean {
  return failure instanceof DocumentFailure && failure.code === 'not_found'
}

function isOver(block: AnswerBlock): boolean {
  return block.end !== undefined && block.end !== 'complete'
}

function isBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '')
}
