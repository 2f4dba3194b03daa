import { AnswerBlocks, type AnswerBlock } from '#edits/answer-blocks.ts'
import { isFileGone } from '#documents/documents.ts'
import { createsFile } from '#edits/resolve.ts'
import type { ParserEvent } from '#edits/parser-events.ts'
import type { HunkReason } from '#protocol/hunks.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { BlockResults, type ResultsOptions } from './block-results.ts'
import { BlockWriter } from './block-writer.ts'
import type { DocumentLines } from './document-lines.ts'
import type { FailedBlock } from './failed-block.ts'
import type { SimilaritySearch } from './similarity-search.ts'
import type { Targets } from './targets.ts'
import type { TouchedDocument } from './touched-document.ts'
import { TreeChange } from './tree-change.ts'
import { writeBlocks, type Writer } from './write-blocks.ts'

export type EditSessionOptions = ResultsOptions & {
  targets: Targets
  sessions: Sessions
  lines: DocumentLines
  search: SimilaritySearch
}

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
  readonly #results: BlockResults

  constructor(options: EditSessionOptions) {
    this.#options = options
    this.#results = new BlockResults(options)
  }

  /** What became of the blocks so far. */
  get counts(): { applied: number; failed: number } {
    return this.#results.counts
  }

  /** `cutOff`: these are the last events of an answer that did not reach its end. */
  take(events: readonly ParserEvent[], nowMs: number, cutOff = false): void {
    this.#blocks.take(events, nowMs, cutOff)
  }

  /** Writes what there is to write. Returns whether another tick is needed although nothing new arrives. */
  tick(nowMs: number): boolean {
    const work = new Map<TouchedDocument, Writer[]>()
    // Where a block goes says where the next ones of its file are looked for.
    const searched = new Set<TouchedDocument>()
    for (const block of this.#blocks.waiting) {
      const writer = this.#writerFor(block)
      if (writer === 'waits') break
      if (writer === 'done') continue
      if (writer.searching !== undefined) searched.add(writer.document)
      if (writer.document.busy !== undefined || searched.has(writer.document) || !writer.hasWork(nowMs)) continue
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
      const pending = [...this.#results.pending, ...targets.pending, ...busy, ...searching]
      if (pending.length === 0) break
      await Promise.all(pending)
    }
    const failures = targets.documents.flatMap(({ failure }) => failure ?? [])
    const failure = this.#results.failure ?? targets.failure ?? failures.find((cause) => !isFileGone(cause))
    if (failure !== undefined) throw failure
    return this.#results.takeFailed()
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
    const { turn, store, sessions } = this.#options
    const done = (block: AnswerBlock): void => void this.#done(block)
    const forget = (path: string): void => this.#forget(path, document)
    const rooms = { turn, store, sessions, results: this.#results, done, forget }
    this.#occupy(document, () => writeBlocks(rooms, document, writers, nowMs))
  }

  /** Blocks behind the one that the file has gone with begin it anew. */
  #forget(path: string, document: TouchedDocument): void {
    this.#options.targets.forget(path)
    for (const [block, writer] of this.#writers) if (writer.document === document) this.#writers.delete(block)
  }

  /** Whoever decides in the document waits for `work`, and `work` for who does. */
  #occupy(document: TouchedDocument, work: () => Promise<void>): void {
    document.occupy(() => this.#options.lines.run(document.replica.fileId, work))
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
    if (block.oldLinesComplete && !createsFile(block)) return this.#withoutDocument(block, 'no_such_file')
    if (block.oldLinesComplete && block.malformed === undefined && !isOver(block)) {
      // The answer deletes a file and writes it anew: that is a change of the file.
      if (this.#options.targets.create(block.path) === 'restored') this.#withdrawDeletion(block.path)
    } else if (isOver(block)) return this.#withoutDocument(block, 'malformed')
    return 'waits'
  }

  #withdrawDeletion(path: string): void {
    const deletion = this.#deletions.get(path)
    if (deletion !== undefined) this.#occupy(deletion.document, () => deletion.withdraw(this.#options.store))
  }

  #blockWriter(block: AnswerBlock, document: TouchedDocument): BlockWriter {
    return new BlockWriter(block, document, {
      newHunk: (subject) => this.#results.newHunk(subject),
      search: this.#options.search,
    })
  }

  /** The blocks behind it mean the file by its new path, or no file: so it is staged before they are looked at. */
  #treeChange(block: AnswerBlock, document: TouchedDocument, operation: 'rename' | 'delete'): Writer | 'waits' | 'done' {
    if (block.end === undefined) return 'waits'
    if (block.end !== 'complete') return this.#withoutDocument(block, 'malformed')
    if (block.patch?.newPath === block.path) return this.#done(block)
    const { targets } = this.#options
    const change = new TreeChange(block, document, operation, (subject) => this.#results.newHunk(subject))
    if (operation === 'rename') targets.rename(block.path, block.patch?.newPath ?? block.path)
    else {
      targets.remove(block.path)
      this.#deletions.set(block.path, change)
    }
    return change
  }

  /** A block that no document can take becomes a proposal as soon as it is complete. */
  #withoutDocument(block: AnswerBlock, reason: HunkReason): 'waits' | 'done' {
    if (block.end === undefined) return 'waits'
    this.#results.withoutDocument(block, reason)
    return this.#done(block)
  }

  #documentFailed(writer: Writer): 'waits' | 'done' {
    if (isFileGone(writer.document.failure)) {
      if (writer.block.end === undefined) return 'waits'
      this.#results.fileGone(writer.block, writer.begun)
    }
    return this.#done(writer.block)
  }

  #done(block: AnswerBlock): 'done' {
    this.#blocks.remove(block)
    this.#writers.delete(block)
    return 'done'
  }
}

function isOver(block: AnswerBlock): boolean {
  return block.end !== undefined && block.end !== 'complete'
}
