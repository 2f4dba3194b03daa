import { isWholeFile, type Located, type Resolution } from '#edits/resolve.ts'
import { splitLines } from '#edits/lines.ts'
import { mayBeAppliedSoFar } from '#edits/already-applied.ts'
import type { AnswerBlock } from '#edits/answer-blocks.ts'
import type { Range } from '#edits/offset-edit.ts'
import type { Hunk, HunkReason, HunkState, MatchRung } from '#protocol/hunks.ts'
import { limits } from '#protocol/limits.ts'
import type { StoredHunkEvent } from '#store/store.ts'
import { failedBlock, type FailedBlock } from './failed-block.ts'
import type { SimilarPlace, SimilaritySearch } from './similarity-search.ts'
import { positionsAround, type HunkRecord, type HunkSubject } from './hunk-record.ts'
import { proposalOf } from './proposals.ts'
import { writeSettledBlock } from './settled-block.ts'
import { StreamingBlock } from './streaming-block.ts'
import type { TouchedDocument } from './touched-document.ts'

/** A block with more new lines than this, or that takes longer, is shown while it arrives; others appear at once. */
const mostLinesAtOnce = 40
const longestWaitMs = 150
/** A block whose first lines stand in the file already, and that many of them, is looked at again only at its end. */
const mostLinesToCompare = 1_000

/**
 * The hunk has to be taken back, as far as it was written, and is then what `change` says; `afterwards`: what can only be said once its
 * text is gone, in the same transaction.
 */
export type RollBack = {
  kind: 'rollBack'
  record: HunkRecord
  change: Partial<Hunk> & { state: HunkState }
  afterwards?: () => Partial<Hunk>
  failed?: FailedBlock
}
export type BlockProgress = { kind: 'open' } | { kind: 'done'; failed?: FailedBlock } | RollBack

type NewHunk = (subject: Omit<HunkSubject, 'hunkId' | 'turn'>) => HunkRecord

/** The search for a place that the old lines only resemble: under way, or what it found. */
type Similar = { searching: Promise<void> | undefined; place: SimilarPlace | undefined }

/** Brings one block of the answer into one document, in as many ticks as it takes to arrive. */
export class BlockWriter {
  readonly block: AnswerBlock
  readonly document: TouchedDocument
  readonly #newHunk: NewHunk
  readonly #search: SimilaritySearch
  #streaming: StreamingBlock | undefined
  /** The old text has no clear place yet; only the finished block is tried again. */
  #waitsForEnd = false
  #similar: Similar | undefined

  constructor(
    block: AnswerBlock,
    document: TouchedDocument,
    { newHunk, search }: { newHunk: NewHunk; search: SimilaritySearch },
  ) {
    this.block = block
    this.document = document
    this.#newHunk = newHunk
    this.#search = search
  }

  /** Writes what there is to write now. Runs inside a transaction of the document. */
  advance(nowMs: number, events: StoredHunkEvent[]): BlockProgress {
    switch (this.block.end) {
      case undefined:
        if (this.#streaming === undefined && this.#isTimeToStream(nowMs)) this.#streaming = this.#startStreaming()
        if (this.block.patch !== undefined) this.#streaming?.extend(this.block.oldLines)
        this.#streaming?.advance(this.block.newLines, events)
        return { kind: 'open' }
      case 'complete':
        return this.#complete(events)
      case 'elided':
      case 'broken':
        return this.#giveUp('unmatched', 'malformed', [], events)
      case 'cut_off':
        if (!this.#hasTraces) return { kind: 'done' }
        return { kind: 'rollBack', record: this.#ownHunk(), change: { state: 'aborted', reason: 'turn_ended' } }
    }
  }

  /** Whether there is something to write now. */
  hasWork(nowMs: number): boolean {
    if (this.searching !== undefined) return false
    if (this.block.end !== undefined) return true
    return this.#streaming === undefined ? this.#isTimeToStream(nowMs) : this.#streaming.isBehind(this.block.newLines)
  }

  /** Whether there will be something to write although nothing new arrives. */
  get waits(): boolean {
    if (this.block.end !== undefined || this.#streaming?.isBehind(this.block.newLines) === true) return true
    return this.#streaming === undefined && !this.#waitsForEnd && this.block.format === 'search_replace'
  }

  /** A search for a similar place that is under way. */
  get searching(): Promise<void> | undefined {
    return this.#similar?.searching
  }

  /** The hunk that is being written, once the document shows some of it. */
  get begun(): HunkRecord | undefined {
    return this.#streaming?.record.told === true ? this.#streaming.record : undefined
  }

  /** Whether the document shows something of this block: text, or the very file. */
  get #hasTraces(): boolean {
    return this.begun !== undefined || (this.document.created && !this.document.holdsHunks)
  }

  #isTimeToStream(nowMs: number): boolean {
    const { format, newLines, newLinesSinceMs, malformed } = this.block
    if (this.#waitsForEnd || newLines.length === 0 || malformed !== undefined) return false
    if (isWholeFile(this.block)) return this.document.basis.expectedText === ''
    // Lines of a chunk that are still to come may be loosely quoted, so a small one waits for them however slowly they come.
    if (format === 'patch') {
      return (
        newLines.length > mostLinesAtOnce &&
        this.#insertedLines > mostLinesAtOnce &&
        this.document.basis.expectedText.endsWith('\n')
      )
    }
    if (newLinesSinceMs === undefined) return false
    return newLines.length > mostLinesAtOnce || nowMs - newLinesSinceMs > longestWaitMs
  }

  get #insertedLines(): number {
    return this.block.patch?.lines.reduce((sum, { kind }) => sum + (kind === 'insert' ? 1 : 0), 0) ?? 0
  }

  #startStreaming(): StreamingBlock | undefined {
    const { document, block } = this
    const place = isWholeFile(block) ? { start: 0, end: 0, rung: 'exact' as const } : document.resolver.placeSoFar(block)
    // Looser rungs change the new lines as a whole, which is done once all of them are known.
    if (place === undefined || !(place.rung === 'exact' || place.rung === 'trailing_space')) {
      this.#waitsForEnd = true
      return undefined
    }
    if (!isWholeFile(block) && mayBeAppliedSoFar(document.basis.expectedText, place, block.newLines)) {
      this.#waitsForEnd = block.newLines.length > mostLinesToCompare
      return undefined
    }
    return new StreamingBlock(document, this.#hunk(place.rung), {
      ...place,
      oldLines: splitLines(document.basis.expectedText.slice(place.start, place.end)),
      ignoresTrailingSpace: place.rung === 'trailing_space',
    })
  }

  #complete(events: StoredHunkEvent[]): BlockProgress {
    const { block, document } = this
    const longest = block.newLines.reduce((sum, line) => sum + line.length + 1, document.text.length)
    if (longest > limits.documentLength) return this.#giveUp('unmatched', 'too_large', [], events)
    if (this.#streaming !== undefined) return this.#settle(this.#streaming, events)
    const resolution = this.#resolve()
    switch (resolution) {
      case 'searching':
        return { kind: 'open' }
      default:
        if (resolution.kind === 'failed')
          return this.#giveUp(resolution.state, resolution.reason, resolution.candidates, events)
        const conflict = resolution.kind === 'located' ? this.#write(resolution, events) : undefined
        this.#stands(events)
        if (conflict === undefined) return { kind: 'done' }
        return { kind: 'done', failed: failedBlock(block, conflict, 'changed_meanwhile', document.basis) }
    }
  }

  #settle(streaming: StreamingBlock, events: StoredHunkEvent[]): BlockProgress {
    const { block, document } = this
    if (block.patch !== undefined) streaming.extend(block.oldLines)
    // That it is the end of the file is the last thing that a chunk says.
    const isElsewhere = block.patch?.endOfFile === true && streaming.end < document.basis.expectedText.length
    if (streaming.isContradicted || isElsewhere) {
      const { record, change, failed } = this.#givenUp('unmatched', 'no_match', [])
      return { kind: 'rollBack', record, change, failed, afterwards: () => ({ candidates: streaming.candidates() }) }
    }
    const newLines = streaming.complete(block.newLines)
    if (streaming.isBlocked && !streaming.merge(newLines, events)) {
      const { record, change, failed } = this.#givenUp('conflict', 'changed_meanwhile', [])
      return { kind: 'rollBack', record, change, failed, afterwards: () => streaming.conflict(newLines) }
    }
    if (!streaming.isMerged) streaming.settle(newLines, events)
    document.resolver.wrote(block, streaming.end, streaming.oldLineCount)
    this.#stands(events)
    return { kind: 'done' }
  }

  /** The file stays now. One that was created beside its path gets there with a rename, like any other. */
  #stands(events: StoredHunkEvent[]): void {
    const { block, document } = this
    document.holdsHunks = true
    if (document.beside === undefined) return
    const move = this.#newHunk({ block, fileId: document.replica.fileId, kind: 'rename' })
    events.push(move.changed({ state: 'settled', path: document.beside, newPath: block.path }))
    document.beside = undefined
  }

  #resolve(): Resolution | 'searching' {
    const { block, document } = this
    const { resolver } = document
    if (this.#similar?.place !== undefined) return resolver.resolveAt(block, this.#similar.place)
    const resolution = resolver.resolve(block)
    if (resolution.kind !== 'failed' || resolution.reason !== 'no_match' || this.#similar !== undefined) return resolution
    // In a text that the model was not shown, what differs from its words may be somebody's own.
    if (!document.wasShown) return resolution
    const similar: Similar = { searching: undefined, place: undefined }
    this.#similar = similar
    similar.searching = this.#search(resolver.searchableText(block), block).then((place) => {
      similar.place = place
      similar.searching = undefined
    })
    return 'searching'
  }

  /** Returns what of the block has become a proposal, because people have changed the same lines. */
  #write({ rung, ...place }: Located, events: StoredHunkEvent[]): Hunk | undefined {
    const { block, document } = this
    if (document.created && document.basis.expectedText === '') {
      const streaming = new StreamingBlock(document, this.#hunk(rung), { ...place, oldLines: [], ignoresTrailingSpace: false })
      streaming.settle(block.newLines, events)
      document.resolver.wrote(block, streaming.end)
      return undefined
    }
    const { end, conflict } = writeSettledBlock(document, place, () => this.#hunk(rung), events)
    document.resolver.wrote(block, end)
    return conflict
  }

  #hunk(rung: MatchRung): HunkRecord {
    const { block, document } = this
    const kind = document.created && document.basis.expectedText === '' ? 'create' : 'edit'
    return this.#newHunk({ block, fileId: document.replica.fileId, kind, rung })
  }

  #ownHunk(): HunkRecord {
    return this.#streaming?.record ?? this.#newHunk({ block: this.block, fileId: this.document.replica.fileId, kind: 'edit' })
  }

  /** The block is shown instead of applied; what it has written so far is taken back. */
  #giveUp(state: 'unmatched' | 'ambiguous' | 'conflict', reason: HunkReason, candidates: Range[], events: StoredHunkEvent[]) {
    const { record, change, failed } = this.#givenUp(state, reason, candidates)
    if (this.#hasTraces) return { kind: 'rollBack', record, change, failed } as const
    events.push(record.changed(change))
    return { kind: 'done', failed } as const
  }

  #givenUp(state: 'unmatched' | 'ambiguous' | 'conflict', reason: HunkReason, candidates: Range[]) {
    const { block, document } = this
    const record = this.#ownHunk()
    const places = candidates.map((range) => {
      const { to } = document.basis.around(range)
      return positionsAround(document.text, to.start, to.end)
    })
    const change = { ...proposalOf(block, state, reason), ...(places.length > 0 && { candidates: places }) }
    return { record, change, failed: failedBlock(block, record.hunk, reason, document.basis, candidates) }
  }
}
