import { mergeIntoLive } from '#edits/merge-into-live.ts'
import { mergeLines } from '#edits/merge-lines.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { StoredHunkEvent } from '#store/store.ts'
import { indexOf, position, positionsAround, type HunkRecord } from './hunk-record.ts'
import { mergedShape } from './merged-hunk.ts'
import { OldLines } from './old-lines.ts'
import type { TouchedDocument } from './touched-document.ts'

type Outline = Pick<Hunk, 'addedLines' | 'deletedLines'> & { start: Uint8Array; end: Uint8Array }

/**
 * Writes a block while it arrives: whole lines, above what is left of the old text. Lines that stay are left alone; old text goes
 * only when what stands in its place is known. Counts in the expected text; the basis knows where that is in the live text.
 */
export class StreamingBlock {
  readonly record: HunkRecord
  readonly #document: TouchedDocument
  readonly #old: OldLines
  /** Where the next new line goes; the rest of the old text follows it up to `#end`. */
  #head: number
  #end: number
  /** Lines of the new text that were read, that stand above the head, and those of them written since an old one was kept. */
  #read = 0
  #placed = 0
  #fresh: string[] = []
  /** Old lines above the head, kept or replaced. */
  #passed = 0
  #first: { placed: number; passed: number; start: Uint8Array } | undefined
  #last = { placed: 0, passed: 0, liveEnd: 0 }
  readonly #place: { start: number }
  /** The old text is the last of a file without a final line feed, and so is the new one. */
  readonly #isUnterminated: boolean
  #merged = false
  /** Position behind the last change, and of which change. */
  #edge: { of: object; end: Uint8Array } = { of: this.#last, end: new Uint8Array() }

  /** `ignoresTrailingSpace`: the old text was found only up to trailing space, and lines that stay keep the file's own. */
  constructor(
    document: TouchedDocument,
    record: HunkRecord,
    place: { start: number; end: number; oldLines: readonly string[]; ignoresTrailingSpace: boolean },
  ) {
    this.#document = document
    this.record = record
    this.#place = { start: place.start }
    this.#head = place.start
    this.#end = place.end
    const { expectedText } = document.basis
    this.#isUnterminated = place.end === expectedText.length && expectedText !== '' && !expectedText.endsWith('\n')
    this.#old = new OldLines(place.oldLines, place.ignoresTrailingSpace)
  }

  /** The old lines turned out to be others than those behind the first ones: this is not the block's place, or not one that is clear. */
  get isContradicted(): boolean {
    return this.#old.isContradicted
  }

  /** How many old lines the block has. */
  get oldLineCount(): number {
    return this.#old.lines.length
  }

  /** Takes up old lines that have arrived since. `oldLines`: all of the block so far, without their LF. */
  extend(oldLines: readonly string[]): void {
    if (oldLines.length <= this.#old.lines.length) return
    this.#end = this.#old.extend(oldLines, this.#document.basis.expectedText, this.#end)
    if (this.#old.isLoose) this.record.hunk.rung = 'trailing_space'
  }

  /** Somebody else changed old text that is still to be replaced; nothing more can be written. */
  get isBlocked(): boolean {
    return this.#document.basis.toLive({ start: this.#head, end: this.#end }) === 'overlaps'
  }

  /** What people wrote meanwhile was merged in, and with it the last lines. */
  get isMerged(): boolean {
    return this.#merged
  }

  get #isStopped(): boolean {
    return this.#old.isContradicted || this.#old.isHeld || this.isBlocked
  }

  /** The block's new lines, all of them: models take a file's final line feed for an empty line, which is then one too many. */
  complete(newLines: readonly string[]): readonly string[] {
    return this.#old.isHeld && newLines.at(-1) === '' ? newLines.slice(0, -1) : newLines
  }

  /** Where the block ends in the expected text. */
  get end(): number {
    return this.#end
  }

  /** Whether lines have arrived that are not written and can be. */
  isBehind(newLines: readonly string[]): boolean {
    return this.#read < newLines.length && !this.#isStopped
  }

  /** Writes the lines that have arrived. `newLines`: all lines of the block so far. */
  advance(newLines: readonly string[], events: StoredHunkEvent[]): void {
    if (this.#isStopped) return
    const before = this.#last
    this.#writeLines(newLines)
    if (this.#last === before) return
    const replaced = this.#old.lines.slice(before.passed, this.#last.passed).join('')
    events.push(this.record.told ? this.record.grew(this.#outline(), replaced) : this.record.changed(this.#shape()))
  }

  /** Writes the last lines and removes what is left of the old text. The caller has made sure that nothing is blocked. */
  settle(newLines: readonly string[], events: StoredHunkEvent[]): void {
    this.#writeLines(newLines)
    this.#closeGap(this.#old.lines.length)
    if (this.#isUnterminated && newLines.length > 0) this.#takeLastFeed()
    if (this.#first === undefined && this.record.hunk.kind === 'edit') return
    events.push(this.record.changed({ ...this.#shape(), state: 'settled' }))
  }

  /**
   * Brings the lines that are left together with what others changed in the old text that was still to go. Returns whether that was
   * possible; otherwise nothing was written.
   */
  merge(newLines: readonly string[], events: StoredHunkEvent[]): boolean {
    const { basis, text } = this.#document
    const lines = this.#withOwnLines(newLines.slice(this.#read))
    const rest = this.#isUnterminated ? lines.replace(/\n$/, '') : lines
    const merge = mergeIntoLive(basis, text.toString(), { start: this.#head, end: this.#end }, rest)
    if (merge.kind === 'conflict' || merge.place.from.start !== this.#head) return false
    const written = this.#first
    const baseText = this.#old.lines.slice(written?.passed ?? this.#passed, this.#passed).join('')
    this.#document.merge(this.record, merge)
    this.#merged = true
    this.#end = this.#head + merge.expected.length
    const shape = mergedShape(this.#document, merge, written === undefined ? 'change' : 'place')
    if (shape === undefined) {
      // People have already done the rest themselves.
      if (this.record.told) events.push(this.record.changed({ ...this.#shape(), state: 'settled', merged: true }))
      return true
    }
    const before = written === undefined ? {} : { start: written.start }
    events.push(
      this.record.changed({
        ...shape,
        ...before,
        baseText: baseText + shape.baseText,
        addedLines: this.#placed - (written?.placed ?? this.#placed) + shape.addedLines,
        deletedLines: this.#passed - (written?.passed ?? this.#passed) + shape.deletedLines,
        state: 'settled',
        merged: true,
      }),
    )
    return true
  }

  /** Where the old text stands once the block's text was taken back. */
  candidates(): NonNullable<Hunk['candidates']> {
    const { start, end } = this.#oldPlace()
    return [positionsAround(this.#document.text, start, end)]
  }

  /** What the hunk is once its text was taken back: a proposal where the old text stands, which keeps what can be kept. */
  conflict(newLines: readonly string[]): Partial<Hunk> {
    const { start, end } = this.#oldPlace()
    const wanted = newLines.map((line) => `${line}\n`).join('')
    const live = this.#document.text.toString().slice(start, end)
    const { text: proposedText } = mergeLines(this.#old.lines.join(''), live, wanted)
    return { proposedText, candidates: this.candidates() }
  }

  /** In the live text. */
  #oldPlace(): { start: number; end: number } {
    return this.#document.basis.around({ start: this.#place.start, end: this.#end }).to
  }

  /** New lines that leave an old one in place are the file's own. */
  #withOwnLines(lines: readonly string[]): string {
    const own = this.#old.ownFrom(this.#passed)
    return lines.map((line) => own.get(this.#old.keyOf(line)) ?? `${line}\n`).join('')
  }

  #writeLines(newLines: readonly string[]): void {
    let pending: string[] = []
    for (; this.#read < newLines.length; this.#read += 1) {
      const line = newLines[this.#read] ?? ''
      const kept = this.#old.placeOf(line, this.#passed)
      if (kept === undefined) {
        pending.push(line)
        continue
      }
      this.#insert(pending)
      pending = []
      this.#closeGap(kept)
      this.#keep(kept + 1)
    }
    this.#insert(pending)
  }

  #insert(lines: readonly string[]): void {
    if (lines.length === 0) return
    const { expectedText } = this.#document.basis
    const feed = this.#head > 0 && expectedText.charAt(this.#head - 1) !== '\n' ? '\n' : ''
    const content = `${feed}${lines.join('\n')}\n`
    const live = this.#document.replace(this.record, this.#head, this.#head, content)
    this.#first ??= this.#changeStartingAt(live.start + feed.length, 'before')
    this.#head += content.length
    this.#end += content.length
    this.#placed += lines.length
    this.#fresh.push(...lines)
    this.#last = { placed: this.#placed, passed: this.#passed, liveEnd: live.end }
  }

  /** Removes the old lines up to `index`, except last ones that were just written above them: there the old ones stay. */
  #closeGap(index: number): void {
    if (index <= this.#passed) return
    const same = this.#sameBeforeGapEnd(index)
    const again = same.reduce((sum, line) => sum + line.length + 1, 0)
    const start = this.#head - again
    const removed = lengthOf(this.#old.lines.slice(this.#passed, index - same.length))
    const live = this.#document.replace(this.record, start, this.#head + removed, '')
    this.#first ??= this.#changeStartingAt(live.start, 'after')
    this.#head = start
    this.#end -= again + removed
    this.#placed -= same.length
    this.#passed = index - same.length
    this.#last = { placed: this.#placed, passed: this.#passed, liveEnd: live.start }
    this.#keep(index)
  }

  /** Unless somebody has gone on writing behind it. */
  #takeLastFeed(): void {
    const { basis, text } = this.#document
    const feed = { start: this.#end - 1, end: this.#end }
    const place = basis.toLive(feed)
    if (!basis.expectedText.endsWith('\n') || place === 'overlaps' || place.end < text.length) return
    const live = this.#document.replace(this.record, feed.start, feed.end, '')
    this.#head -= 1
    this.#end -= 1
    this.#last = { placed: this.#placed, passed: this.#passed, liveEnd: live.start }
  }

  #sameBeforeGapEnd(index: number): string[] {
    let same = 0
    for (;;) {
      const old = this.#old.lines[index - 1 - same]
      const fresh = this.#fresh[this.#fresh.length - 1 - same]
      if (index - same <= this.#passed || !old?.endsWith('\n') || fresh === undefined) break
      if (!this.#old.says(index - 1 - same, fresh)) break
      same += 1
    }
    const lines = same === 0 ? [] : this.#fresh.slice(-same)
    const start = this.#head - lines.reduce((sum, line) => sum + line.length + 1, 0)
    const end = this.#head + lengthOf(this.#old.lines.slice(this.#passed, index - same))
    // Somebody may have typed in those lines, or between them and the old ones.
    return this.#document.basis.toLive({ start, end }) === 'overlaps' ? [] : lines
  }

  /** Leaves the old lines up to `index` where they are. */
  #keep(index: number): void {
    this.#head += lengthOf(this.#old.lines.slice(this.#passed, index))
    this.#placed += index - this.#passed
    this.#passed = index
    this.#fresh = []
  }

  #changeStartingAt(index: number, stays: 'before' | 'after'): { placed: number; passed: number; start: Uint8Array } {
    return { placed: this.#placed, passed: this.#passed, start: position(this.#document.text, index, stays) }
  }

  #shape(): Outline & Pick<Hunk, 'baseText'> {
    const passed = this.#first?.passed ?? this.#passed
    return { ...this.#outline(), baseText: this.#old.lines.slice(passed, this.#last.passed).join('') }
  }

  /** What the hunk spans: from its first change to its last one. */
  #outline(): Outline {
    const { text } = this.#document
    const first = this.#first ?? this.#changeStartingAt(0, 'after')
    // The index is good only in the tick of the change; afterwards other people move it, and the position follows.
    if (this.#edge.of !== this.#last) this.#edge = { of: this.#last, end: position(text, this.#last.liveEnd, 'after') }
    const end = this.#first === undefined ? first.start : this.#edge.end
    return {
      start: indexOf(text, first.start) === indexOf(text, end) ? end : first.start,
      end,
      addedLines: this.#last.placed - first.placed,
      deletedLines: this.#last.passed - first.passed,
    }
  }
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0)
}
