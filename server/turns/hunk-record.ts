import * as Y from 'yjs'
import type { Hunk, MatchRung } from '#protocol/hunks.ts'
import type { HunkReversal, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import type { AnswerBlock } from '#edits/answer-blocks.ts'

/** What a hunk is about, before it has text. */
export type HunkSubject = {
  hunkId: string
  turn: { turnId: string; askedBy: string }
  block: AnswerBlock
  fileId: string | null
  kind: Hunk['kind']
  rung?: MatchRung
}

/** One hunk while its turn writes it, and what is needed to take it back. */
export class HunkRecord {
  hunk: Hunk
  reversal: HunkReversal = { inserted: [], deleted: [] }
  /** How often others had changed its document when it was last known to be what is stored. */
  asOf = 0
  #told = false

  constructor(subject: HunkSubject) {
    const { hunkId, turn, block, fileId, kind, rung } = subject
    this.hunk = {
      hunkId,
      turnId: turn.turnId,
      askedBy: turn.askedBy,
      block: block.number,
      fileId,
      path: block.path,
      kind,
      state: 'streaming',
      ...(rung !== undefined && { rung }),
      baseText: '',
      addedLines: 0,
      deletedLines: 0,
    }
  }

  /** Whether an event has told of it. */
  get told(): boolean {
    return this.#told
  }

  get reversible(): Pick<StoredHunk, 'hunkId' | 'state' | 'reversal'> {
    return { hunkId: this.hunk.hunkId, state: this.hunk.state, reversal: this.reversal }
  }

  /** Others may change the stored record while the hunk is being written: a decision that gives it back text of its own. */
  catchUp({ reversal }: Pick<StoredHunk, 'reversal'>, asOf: number): void {
    this.reversal = reversal
    this.asOf = asOf
  }

  /** The next event of the hunk: `opened` at first, then `changed`. */
  changed(change: Partial<Hunk>): StoredHunkEvent {
    this.hunk = { ...this.hunk, ...change }
    const type = this.#told ? 'changed' : 'opened'
    this.#told = true
    return { event: { type, hunk: this.hunk }, reversal: structuredClone(this.reversal) }
  }

  /** The same for a hunk whose file is gone, and with it what it had written. */
  leftWithoutFile(change: Partial<Hunk>): StoredHunkEvent {
    const { start: _start, end: _end, ...hunk } = this.hunk
    this.hunk = { ...hunk, fileId: null, kind: 'edit' }
    this.reversal = { inserted: [], deleted: [] }
    return this.changed(change)
  }

  /** Writing went on behind what is told: the smaller event. `text`: old lines that were replaced since, `deletedLines` of all. */
  grew(
    {
      start,
      end,
      addedLines,
      deletedLines,
    }: Pick<Hunk, 'addedLines' | 'deletedLines'> & { start: Uint8Array; end: Uint8Array },
    text: string,
  ): StoredHunkEvent {
    const { hunkId, baseText } = this.hunk
    const replaced = text === '' ? {} : { replaced: { at: baseText.length, text, lines: deletedLines } }
    this.hunk = { ...this.hunk, start, end, addedLines, deletedLines, baseText: baseText + text }
    const event = { type: 'grew' as const, hunkId, start, end, head: end, addedLines, ...replaced }
    return { event, reversal: structuredClone(this.reversal) }
  }
}

/** `after`: stays with the character before the index, `before`: with the one behind it. */
export function position(text: Y.Text, index: number, stays: 'after' | 'before'): Uint8Array {
  const relative = Y.createRelativePositionFromTypeIndex(text, index, stays === 'after' ? -1 : 0)
  return Y.encodeRelativePosition(relative)
}

/** Where an encoded position is now. */
export function indexOf(text: Y.Text, encoded: Uint8Array): number | undefined {
  if (text.doc === null) return undefined
  return Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(encoded), text.doc)?.index
}

/**
 * Encoded positions around a range: what is typed at its edges stays outside. An empty range keeps both with the character before
 * it, because its ends would change places as soon as something is typed there.
 */
export function positionsAround(text: Y.Text, start: number, end: number): { start: Uint8Array; end: Uint8Array } {
  return { start: position(text, start, start === end ? 'after' : 'before'), end: position(text, end, 'after') }
}
