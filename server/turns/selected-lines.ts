import * as Y from 'yjs'
import type { TurnRecord } from '#store/store.ts'
import { position } from './hunk-record.ts'

type Target = NonNullable<TurnRecord['target']>

/** Whole lines of a text, offsets in UTF-16 units; `fromLine` and `toLine` are 1-based and inclusive. */
export type LineRange = { start: number; end: number; fromLine: number; toLine: number }

/**
 * The lines that a selection touches, a cursor its own line. A selection that ends at the start of a line leaves that line out.
 * Undefined where the positions do not resolve in this document.
 */
export function selectedLines(text: Y.Text, { start, end }: Pick<Target, 'start' | 'end'>): LineRange | undefined {
  const from = resolved(text, start)
  const to = resolved(text, end)
  if (from === undefined || to === undefined) return undefined
  const all = text.toString()
  const [first, last] = from <= to ? [from, to] : [to, from]
  const endsAtLineStart = last > first && all.charAt(last - 1) === '\n'
  return rangeOf(all, lineStart(all, first), endsAtLineStart ? last : lineEnd(all, last))
}

/**
 * Positions that keep naming these lines whatever happens to them, the end of the last one included: the start stays with the character
 * before it, the end with the one behind it. `anchoredLines` reads them.
 */
export function anchorLines(text: Y.Text, { start, end }: Pick<LineRange, 'start' | 'end'>): Pick<Target, 'start' | 'end'> {
  return { start: position(text, start, 'after'), end: position(text, end, 'before') }
}

/** Lines that `anchorLines` has named; what was typed on the line behind them meanwhile does not belong to them. */
export function anchoredLines(text: Y.Text, { start, end }: Pick<Target, 'start' | 'end'>): LineRange | undefined {
  const from = resolved(text, start)
  const to = resolved(text, end)
  if (from === undefined || to === undefined) return undefined
  const all = text.toString()
  const first = lineStart(all, from)
  return rangeOf(all, first, to === all.length ? to : Math.max(first, lineStart(all, to)))
}

function rangeOf(text: string, start: number, end: number): LineRange {
  const fromLine = lineNumber(text, start)
  const lines = text.slice(start, end)
  return {
    start,
    end,
    fromLine,
    toLine: fromLine + Math.max(0, lineNumber(lines, lines.length) - (lines.endsWith('\n') ? 2 : 1)),
  }
}

function resolved(text: Y.Text, encoded: Uint8Array): number | undefined {
  if (text.doc === null) return undefined
  try {
    const found = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(encoded), text.doc)
    return found?.type === text ? found.index : undefined
  } catch {
    // Bytes that are no position: they come from a client.
    return undefined
  }
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1
}

function lineEnd(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset)
  return feed === -1 ? text.length : feed + 1
}

function lineNumber(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
