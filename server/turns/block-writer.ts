import { splitLines } from '#edits/line-diff.ts'
import type { Hunk, HunkReason, HunkState, MatchRung } from '#protocol/hunks.ts'
import { limits } from '#protocol/limits.ts'
import type { StoredHunkEvent } from '#store/store.ts'
import type { AnswerBlock } from '#edits/answer-blocks.ts'
import type { HunkRecord, HunkSubject } from './hunk-record.ts'
import { proposalOf } from './proposals.ts'
import { writeSettledBlock } from './settled-block.ts'
import { StreamingBlock } from './streaming-block.ts'
import type { TouchedDocument } from './touched-document.ts'

/** A block with more new lines than this, or that takes longer, is shown while it arrives; others appear at once. */
const mostLinesAtOnce = 40
const longestWaitMs = 150

/** The hunk has to be taken back, as far as it was written, and is then what `change` says. */
export type RollBack = { kind: 'rollBack'; record: HunkRecord; change: Partial<Hunk> & { state: HunkState } }
export type BlockProgress = { kind: 'open' } | { kind: 'done' } | RollBack

type NewHunk = (subject: Omit<HunkSubject, 'hunkId' | 'turn'>) => HunkRecord

/** Brings one block of the answer into one document, in as many ticks as it takes to arrive. */
export class BlockWriter {
  readonly block: AnswerBlock
  readonly document: TouchedDocument
  readonly #newHunk: NewHunk
  #streaming: StreamingBlock | undefined
  /** The old text has no clear place yet; only the finished block is tried again. */
  #waitsForEnd = false

  constructor(block: AnswerBlock, document: TouchedDocument, newHunk: NewHunk) {
    this.block = block
    this.document = document
    this.#newHunk = newHunk
  }

  /** Writes what there is to write now. Runs inside a transaction of the document. */
  advance(nowMs: number, events: StoredHunkEvent[]): BlockProgress {
    switch (this.block.end) {
      case undefined:
        if (this.#streaming === undefined && this.#isTimeToStream(nowMs)) this.#streaming = this.#startStreaming()
        this.#streaming?.advance(this.block.newLines, events)
        return { kind: 'open' }
      case 'complete':
        return this.#complete(events)
      case 'elided':
      case 'broken':
        return this.#giveUp('unmatched', 'malformed', events)
      case 'cut_off':
        if (!this.#hasTraces) return { kind: 'done' }
        return { kind: 'rollBack', record: this.#ownHunk(), change: { state: 'aborted', reason: 'turn_ended' } }
    }
  }

  /** Whether there is something to write now. */
  hasWork(nowMs: number): boolean {
    if (this.block.end !== undefined) return true
    return this.#streaming === undefined ? this.#isTimeToStream(nowMs) : this.#streaming.isBehind(this.block.newLines)
  }

  /** Whether there will be something to write although nothing new arrives. */
  get waits(): boolean {
    if (this.block.end !== undefined || this.#streaming?.isBehind(this.block.newLines) === true) return true
    return this.#streaming === undefined && !this.#waitsForEnd && this.block.format === 'search_replace'
  }

  /** Whether the document shows something of this block: text, or the very file. */
  get #hasTraces(): boolean {
    return this.#streaming?.record.told === true || (this.document.created && !this.document.holdsHunks)
  }

  #isTimeToStream(nowMs: number): boolean {
    const { format, newLines, newLinesSinceMs, malformed } = this.block
    if (this.#waitsForEnd || newLinesSinceMs === undefined || newLines.length === 0 || malformed !== undefined) return false
    if (format === 'whole_file') return this.document.basis.expectedText === ''
    return newLines.length > mostLinesAtOnce || nowMs - newLinesSinceMs > longestWaitMs
  }

  #startStreaming(): StreamingBlock | undefined {
    const place = this.#locate([])
    if (place.kind !== 'located') {
      this.#waitsForEnd = true
      return undefined
    }
    const { expectedStart: start, expectedEnd: end, oldText, rung } = place
    const record = this.#hunk(rung)
    return new StreamingBlock(this.document, record, {
      start,
      end,
      oldLines: splitLines(oldText),
      ignoresTrailingSpace: rung === 'trailing_space',
    })
  }

  #locate(newLines: readonly string[]) {
    const { block, document } = this
    if (block.format === 'search_replace') {
      return block.end === undefined ? document.basis.locate(block.oldLines) : document.basis.locate(block.oldLines, newLines)
    }
    const { expectedText } = document.basis
    const whole = { expectedStart: 0, expectedEnd: expectedText.length, oldText: expectedText, newLines: undefined }
    return { kind: 'located', rung: 'exact', ...whole } as const
  }

  #complete(events: StoredHunkEvent[]): BlockProgress {
    const { block, document } = this
    const longest = block.newLines.reduce((sum, line) => sum + line.length + 1, document.text.length)
    if (longest > limits.documentLength) return this.#giveUp('unmatched', 'too_large', events)
    if (this.#streaming !== undefined) {
      if (this.#streaming.isBlocked) return this.#giveUp('conflict', 'changed_meanwhile', events)
      this.#streaming.settle(block.newLines, events)
      document.holdsHunks = true
      return { kind: 'done' }
    }
    const place = this.#locate(block.newLines)
    switch (place.kind) {
      case 'unmatched':
        return this.#giveUp('unmatched', 'no_match', events)
      case 'ambiguous':
        return this.#giveUp('ambiguous', 'several_matches', events)
      case 'conflict':
        return this.#giveUp('conflict', 'changed_meanwhile', events)
      case 'located':
        this.#writeAtOnce(place, events)
        document.holdsHunks = true
        return { kind: 'done' }
    }
  }

  #writeAtOnce(
    place: {
      expectedStart: number
      expectedEnd: number
      rung: MatchRung
      newLines?: readonly string[] | undefined
    },
    events: StoredHunkEvent[],
  ): void {
    const { block, document } = this
    const newLines = place.newLines ?? block.newLines
    const range = { start: place.expectedStart, end: place.expectedEnd, newLines }
    if (document.created && document.basis.expectedText === '') {
      const streaming = new StreamingBlock(document, this.#hunk(place.rung), {
        ...range,
        oldLines: [],
        ignoresTrailingSpace: false,
      })
      streaming.settle(newLines, events)
    } else {
      writeSettledBlock(document, range, () => this.#hunk(place.rung), events)
    }
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
  #giveUp(state: 'unmatched' | 'ambiguous' | 'conflict', reason: HunkReason, events: StoredHunkEvent[]): BlockProgress {
    const change = proposalOf(this.block, state, reason)
    if (this.#hasTraces) return { kind: 'rollBack', record: this.#ownHunk(), change }
    events.push(this.#ownHunk().changed(change))
    return { kind: 'done' }
  }
}
