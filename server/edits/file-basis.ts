import { EditedText } from './edited-text.ts'
import { minimalEdits, successiveEdits } from './minimal-edit.ts'
import { createOffsetEdit, type Around, type Range } from './offset-edit.ts'
import { createTextIndex, type TextIndex } from './text-index.ts'

/**
 * One file during one turn: the text that the model saw (basis), that text with the turn's own hunks (expected), and, through
 * offsets only, the live text in which everybody else writes as well. All ranges in UTF-16 units.
 */
export type FileBasis = {
  readonly basisText: string
  /** Basis plus everything the assistant applied. */
  readonly expectedText: string
  readonly basisIndex: TextIndex
  readonly expectedIndex: TextIndex
  /**
   * Where whole lines of the basis are in the expected text, unless a hunk of this turn took them, or left of one only a part. A last line that
   * had no line feed comes with the one that it has now.
   */
  toExpected(basis: Range): Range | 'overlaps'
  /** Where a range of the expected text is in the live text, unless somebody else changed it. */
  toLive(expected: Range): Range | 'overlaps'
  /** The range, widened to whole lines of the expected text and by everything that somebody else changed there: in both texts. */
  around(expected: Range): Around
  /**
   * The assistant replaced this range of the expected text, and what it maps to in the live text, by `text`. Throws a RangeError when
   * somebody else's edit overlaps the range. Returns the range it had in the live text.
   */
  recordOwnEdit(expectedStart: number, expectedEnd: number, text: string): Range
  /** The assistant wanted `expected` in a place that others had changed, and both came together as `live` (see `around`). */
  recordMerge(place: Around, expected: string, live: string): void
  /** Anybody else replaced this range of the live text; a reject counts as somebody else's edit. */
  recordForeignEdit(liveStart: number, liveEnd: number, insertedLength: number): void
}

export function createFileBasis(basisText: string): FileBasis {
  const basisToExpected = createOffsetEdit()
  const expectedToLive = createOffsetEdit()
  let basisIndex: TextIndex | undefined
  let expectedIndex: TextIndex | undefined
  const edited = new EditedText(basisText)

  const basis: FileBasis = {
    basisText,
    get expectedText() {
      return edited.text
    },
    get basisIndex() {
      basisIndex ??= createTextIndex(basisText)
      return basisIndex
    },
    get expectedIndex() {
      const { text } = edited
      if (text === basisText) return basis.basisIndex
      if (expectedIndex?.text !== text) expectedIndex = createTextIndex(text)
      return expectedIndex
    },
    toExpected(range) {
      const mapped = basisToExpected.map(range)
      if (mapped === 'overlaps') return mapped
      const { text } = edited
      const isUnended = range.start < range.end && basisText[range.end - 1] !== '\n' && text[mapped.end] === '\n'
      const end = isUnended ? mapped.end + 1 : mapped.end
      return isLineEdge(text, mapped.start) && isLineEdge(text, end) ? { ...mapped, end } : 'overlaps'
    },
    toLive: (range) => expectedToLive.map(range),
    around(range) {
      for (let lines = wholeLines(edited.text, range); ;) {
        const around = expectedToLive.around(lines)
        const wider = wholeLines(edited.text, around.from)
        if (wider.start === lines.start && wider.end === lines.end) return around
        lines = wider
      }
    },
    recordOwnEdit(expectedStart, expectedEnd, text) {
      const live = expectedToLive.replaceBoth(expectedStart, expectedEnd, text.length)
      basisToExpected.replaceTo(expectedStart, expectedEnd, text.length)
      edited.replace(expectedStart, expectedEnd, text)
      return live
    },
    recordMerge({ from, to }, expected, live) {
      for (const { start, end, text } of successiveEdits(edited.text.slice(from.start, from.end), expected, from.start)) {
        basisToExpected.replaceTo(start, end, text.length)
      }
      edited.replace(from.start, from.end, expected)
      expectedToLive.rewrite({ from, to }, expected.length, minimalEdits(expected, live))
    },
    recordForeignEdit(liveStart, liveEnd, insertedLength) {
      expectedToLive.replaceTo(liveStart, liveEnd, insertedLength)
    },
  }
  return basis
}

function isLineEdge(text: string, offset: number): boolean {
  return offset === 0 || offset === text.length || text[offset - 1] === '\n'
}

/** From the start of the range's first line to behind the line feed of its last one. An empty range at a line's start stays one. */
function wholeLines(text: string, { start, end }: Range): Range {
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1
  if (end === lineStart || (end > 0 && text[end - 1] === '\n')) return { start: lineStart, end }
  const feed = text.indexOf('\n', end)
  return { start: lineStart, end: feed === -1 ? text.length : feed + 1 }
}
