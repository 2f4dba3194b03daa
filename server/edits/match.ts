import { isBlank } from './lines.ts'
import { climb, rangeOfLines, shiftAt, startOfLine } from './match-ladder.ts'
import type { Range } from './offset-edit.ts'
import { fitNewLines } from './own-lines.ts'
import { lineRungs, type LineRung, type TextIndex } from './text-index.ts'

/**
 * Where a run of whole lines stands. `start` and `end` are offsets in UTF-16 units: `start` at the beginning of the first line,
 * `end` after the LF of the last one, or at the end of the text when the last line has none. No lines: both at the text's end.
 * `newLines`: what to put there instead of the block's own new lines, where they have to fit to text that is not what the block says.
 * `several`: the 1-based first line of every candidate and its range, ascending.
 */
export type Match =
  | {
      kind: 'one'
      start: number
      end: number
      rung: LineRung
      retry?: 'leading_blank' | 'elision'
      newLines?: readonly string[]
    }
  | { kind: 'none' }
  | { kind: 'several'; lines: number[]; ranges: Range[] }

/**
 * Finds the lines in the text: exactly, else up to trailing space at line ends, else up to one indent shift of all lines, else up to that
 * and typographic characters. Exactly one candidate must stand at the first rung that has any. Lines that are all blank are an empty
 * search and match the end of the text.
 *
 * On every rung but the first, lines that the block leaves as they are stay the file's own, and the others take the shift. Without the new
 * lines of a finished search/replace block nothing can be shifted, so that only the first two rungs count. With them it also retries
 * before it gives up: without one leading blank line (dropped from both parts where both have it), then with `...` lines, as many in both
 * parts, standing for text that stays. `from`: 0-based line before which nothing counts.
 */
export function match(index: TextIndex, oldLines: readonly string[], newLines?: readonly string[], from = 0): Match {
  if (isBlank(oldLines)) return { kind: 'one', start: index.text.length, end: index.text.length, rung: 'exact' }
  const direct = matchFrom(index, oldLines, newLines, from)
  if (direct.kind !== 'none' || newLines === undefined) return direct
  if (oldLines[0]?.trim() === '') {
    const replacement = newLines[0]?.trim() === '' ? newLines.slice(1) : newLines
    const shortened = matchFrom(index, oldLines.slice(1), replacement, from)
    if (shortened.kind === 'one') return { newLines: replacement, ...shortened, retry: 'leading_blank' }
    if (shortened.kind === 'several') return shortened
  }
  return matchPieces(index, oldLines, newLines, from)
}

function matchFrom(
  index: TextIndex,
  oldLines: readonly string[],
  newLines: readonly string[] | undefined,
  from: number,
): Match {
  const loosest = newLines === undefined ? 'trailing_space' : 'unicode'
  const hits = climb(index, oldLines, { from, loosest, indent: 'uniform' })
  const [line, second] = hits?.lines ?? []
  if (hits === undefined || line === undefined) return { kind: 'none' }
  const ranges = hits.lines.map((first) => rangeOfLines(index, first, oldLines.length))
  if (second !== undefined) return { kind: 'several', lines: hits.lines.map((first) => first + 1), ranges }
  const found = { kind: 'one', ...rangeOfLines(index, line, oldLines.length), rung: hits.rung } as const
  const shift = shiftAt(index, line, oldLines, hits.rung)
  if (newLines === undefined || hits.rung === 'exact' || shift === undefined) return found
  const fitting = fitNewLines(index.lines.slice(line, line + oldLines.length), oldLines, newLines, { shift })
  const asGiven = fitting.length === newLines.length && fitting.every((text, i) => text === newLines[i])
  return asGiven ? found : { ...found, newLines: fitting }
}

/** Splits both parts at their `...` lines and finds each old piece, unique after the one before it. */
function matchPieces(index: TextIndex, oldLines: readonly string[], newLines: readonly string[], from: number): Match {
  const oldPieces = splitAtDots(oldLines)
  const newPieces = splitAtDots(newLines)
  if (oldPieces.length < 2 || oldPieces.length !== newPieces.length) return { kind: 'none' }
  const result: string[] = []
  let rung: LineRung = 'exact'
  let start: number | undefined
  let line = from
  for (const [i, piece] of oldPieces.entries()) {
    const replacement = newPieces[i] ?? []
    if (piece.length === 0) {
      if (replacement.length > 0) return { kind: 'none' }
      continue
    }
    const found = matchFrom(index, piece, replacement, line)
    if (found.kind !== 'one') return found
    const first = index.starts.indexOf(found.start)
    if (start !== undefined) result.push(...index.lines.slice(line, first))
    start ??= found.start
    rung = looser(rung, found.rung)
    result.push(...(found.newLines ?? replacement))
    line = first + piece.length
  }
  if (start === undefined) return { kind: 'none' }
  return { kind: 'one', start, end: startOfLine(index, line), rung, retry: 'elision', newLines: result }
}

function looser(a: LineRung, b: LineRung): LineRung {
  return lineRungs.indexOf(a) > lineRungs.indexOf(b) ? a : b
}

function splitAtDots(lines: readonly string[]): string[][] {
  const pieces: string[][] = [[]]
  for (const line of lines) {
    if (/^\s*(?:\.{3}|…)\s*$/.test(line)) pieces.push([])
    else pieces.at(-1)?.push(line)
  }
  return pieces
}
