import { uniformShift, type IndentShift } from './indent-shift.ts'
import { findRun } from './line-run.ts'
import { lineRungs, type LineRung, type TextIndex } from './text-index.ts'
import { fold } from './unicode-folding.ts'

/** Places (first lines, 0-based, ascending, at least one) on the first rung that has any. */
export type Hits = { rung: LineRung; lines: number[] }

/** Places whose indent is compared, counted in lines; beyond it a place counts unseen, so that it can only make a match ambiguous. */
const mostLinesToCompare = 1_000_000

/**
 * Where and how loosely to look: places that begin on lines `[from, end)`. `indent: 'uniform'`: on the last two rungs only places where all
 * lines are shifted by the same space.
 */
export type Window = { from?: number; end?: number | undefined; loosest?: LineRung; indent: 'uniform' | 'any' }

/**
 * Climbs from strict to loose until the text holds the old lines (at least one): as they are; up to trailing space; up to
 * space at both ends; up to typographic characters as well.
 */
export function climb(
  index: TextIndex,
  oldLines: readonly string[],
  { from = 0, end = Infinity, loosest = 'unicode', indent }: Window,
): Hits | undefined {
  for (const rung of lineRungs) {
    const found = findRun(index, oldLines, rung, from).filter((line) => line < end)
    const lines = indent === 'uniform' && isShifting(rung) ? found.filter(isUniformOn(index, oldLines, rung)) : found
    if (lines.length > 0) return { rung, lines }
    if (rung === loosest) break
  }
  return undefined
}

/** The one shift of the old lines at a place that was found on this rung, if there is one. */
export function shiftAt(index: TextIndex, line: number, oldLines: readonly string[], rung: LineRung): IndentShift | undefined {
  if (!isShifting(rung)) return { added: '', removed: '' }
  const own = index.lines.slice(line, line + oldLines.length)
  return rung === 'unicode' ? uniformShift(oldLines.map(fold), own.map(fold)) : uniformShift(oldLines, own)
}

/** Offset of a line's start; of the text's end for the line after the last one. */
export function startOfLine(index: TextIndex, line: number): number {
  return index.starts[line] ?? index.text.length
}

/** The range of `count` whole lines; UTF-16 units. */
export function rangeOfLines(index: TextIndex, line: number, count: number): { start: number; end: number } {
  return { start: startOfLine(index, line), end: startOfLine(index, line + count) }
}

function isShifting(rung: LineRung): boolean {
  return rung === 'indent' || rung === 'unicode'
}

function isUniformOn(index: TextIndex, oldLines: readonly string[], rung: LineRung): (line: number) => boolean {
  let left = mostLinesToCompare
  return (line) => {
    left -= oldLines.length
    return left < 0 || shiftAt(index, line, oldLines, rung) !== undefined
  }
}
