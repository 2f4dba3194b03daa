import * as Y from 'yjs'
import { wholeLines } from '#protocol/thread-place.ts'

/** Whole lines of a text: offsets in UTF-16 units; `fromLine` and `toLine` are 1-based and inclusive. */
export type LineRange = { start: number; end: number; fromLine: number; toLine: number }

/** Encoded Y.RelativePositions. */
type Positions = { start: Uint8Array<ArrayBuffer>; end: Uint8Array<ArrayBuffer> }

/** The lines that a selection touches, a cursor its own one. A selection that ends before a line's first character leaves that line out. */
export function touchedLines(text: string, from: number, to: number): LineRange {
  const { start, end } = wholeLines(text, { start: from, end: to })
  return rangeOf(text, start, end)
}

/** Positions that keep naming these lines whatever happens to them: the start stays with what is before it, the end with what follows. */
export function anchorLines(text: Y.Text, { start, end }: Pick<LineRange, 'start' | 'end'>): Positions {
  return { start: encoded(text, start, -1), end: encoded(text, end, 0) }
}

/**
 * Lines that `anchorLines`, here or on the server, has named. What was typed on the line behind them meanwhile is not theirs. Undefined while
 * the document lacks what the positions refer to.
 */
export function anchoredLines(text: Y.Text, { start, end }: { start: Uint8Array; end: Uint8Array }): LineRange | undefined {
  const from = indexOf(text, start)
  const to = indexOf(text, end)
  if (from === undefined || to === undefined) return undefined
  const all = text.toString()
  const first = lineStart(all, from)
  return rangeOf(all, first, to === all.length ? to : Math.max(first, lineStart(all, to)))
}

/** A selection of exactly these lines, as the server is told of it. */
export function selectionOf(text: Y.Text, { start, end }: Pick<LineRange, 'start' | 'end'>): Positions {
  return { start: encoded(text, start, 0), end: encoded(text, end, end > start ? -1 : 0) }
}

function rangeOf(text: string, start: number, end: number): LineRange {
  const fromLine = lineFeeds(text, 0, start) + 1
  const last = end > start && text.charAt(end - 1) === '\n' ? end - 1 : end
  return { start, end, fromLine, toLine: fromLine + lineFeeds(text, start, last) }
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

function lineFeeds(text: string, from: number, to: number): number {
  return text.slice(from, to).split('\n').length - 1
}

function encoded(text: Y.Text, index: number, assoc: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc)))
}

function indexOf(text: Y.Text, position: Uint8Array): number | undefined {
  if (text.doc === null) return undefined
  // The same place as on the server, which does not know what this tab's undo has brought back.
  return Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), text.doc, false)?.index
}
