import type { MatchRung } from '#protocol/hunks.ts'
import type { Range } from './offset-edit.ts'
import type { LineIds, TextIndex } from './text-index.ts'

/**
 * Where a run of whole lines stands. `start` and `end` are offsets in UTF-16 units: `start` at the beginning of the first line,
 * `end` after the LF of the last one, or at the end of the text when the last line has none. No lines: both at the text's end.
 * `newLines`: what to put there instead of the block's own new lines, after a retry changed what is replaced.
 * `several`: the 1-based first line of every candidate and its range, ascending.
 */
export type Match =
  | {
      kind: 'one'
      start: number
      end: number
      rung: MatchRung
      retry?: 'leading_blank' | 'elision'
      newLines?: readonly string[]
    }
  | { kind: 'none' }
  | { kind: 'several'; lines: number[]; ranges: Range[] }

/**
 * Finds the lines in the text: exactly, else up to trailing space at line ends. Exactly one candidate must stand at the first of the two
 * that has any. Lines that are all blank are an empty search and match the end of the text.
 *
 * With the new lines of a finished search/replace block it retries before it gives up: without one leading blank line (dropped from both
 * parts where both have it), then with `...` lines, as many in both parts, standing for text that stays.
 */
export function match(index: TextIndex, oldLines: readonly string[], newLines?: readonly string[]): Match {
  if (isBlank(oldLines)) return { kind: 'one', start: index.text.length, end: index.text.length, rung: 'exact' }
  const direct = matchFrom(index, oldLines, 0)
  if (direct.kind !== 'none' || newLines === undefined) return direct
  if (oldLines[0]?.trim() === '') {
    const shortened = matchFrom(index, oldLines.slice(1), 0)
    const replacement = newLines[0]?.trim() === '' ? newLines.slice(1) : newLines
    if (shortened.kind === 'one') return { ...shortened, retry: 'leading_blank', newLines: replacement }
    if (shortened.kind === 'several') return shortened
  }
  return matchPieces(index, oldLines, newLines)
}

function startOfLine(index: TextIndex, line: number): number {
  return index.starts[line] ?? index.text.length
}

function isBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '')
}

function matchFrom(index: TextIndex, oldLines: readonly string[], from: number): Match {
  const exact = findRun(index.exact, oldLines, from)
  const trimmed = oldLines.map((line) => line.trimEnd())
  const hits = exact.length > 0 ? exact : findRun(index.loose, trimmed, from)
  const ranges = hits.map((line) => ({ start: startOfLine(index, line), end: startOfLine(index, line + oldLines.length) }))
  const [only, second] = ranges
  if (only === undefined) return { kind: 'none' }
  if (second !== undefined) return { kind: 'several', lines: hits.map((line) => line + 1), ranges }
  return { kind: 'one', ...only, rung: exact.length > 0 ? 'exact' : 'trailing_space' }
}

const mostCandidatesToTry = 64

/** First lines (0-based, at least `from`, ascending) of all runs of these lines. */
function findRun({ ids, idOf, linesOf }: LineIds, lines: readonly string[], from: number): number[] {
  const wanted = new Int32Array(lines.length)
  let rarest = 0
  let fewest = Infinity
  for (const [i, line] of lines.entries()) {
    const id = idOf.get(line)
    if (id === undefined) return []
    wanted[i] = id
    const count = linesOf[id]?.length ?? 0
    if (count < fewest) [rarest, fewest] = [i, count]
  }
  if (fewest > mostCandidatesToTry) return findRunLinearly(ids, wanted, from)
  const places = linesOf[wanted[rarest] ?? 0] ?? []
  return places.map((line) => line - rarest).filter((first) => first >= from && wanted.every((id, i) => ids[first + i] === id))
}

/** Knuth–Morris–Pratt, overlapping hits included: a text of equal lines must not cost lines × lines. */
function findRunLinearly(ids: Int32Array, wanted: Int32Array, from: number): number[] {
  const fallback = new Int32Array(wanted.length)
  for (let i = 1, length = 0; i < wanted.length; i += 1) {
    while (length > 0 && wanted[i] !== wanted[length]) length = fallback[length - 1] ?? 0
    if (wanted[i] === wanted[length]) length += 1
    fallback[i] = length
  }
  const hits: number[] = []
  for (let line = from, length = 0; line < ids.length; line += 1) {
    while (length > 0 && ids[line] !== wanted[length]) length = fallback[length - 1] ?? 0
    if (ids[line] === wanted[length]) length += 1
    if (length === wanted.length) hits.push(line - length + 1)
  }
  return hits
}

/** Splits both parts at their `...` lines and finds each old piece, unique after the one before it. */
function matchPieces(index: TextIndex, oldLines: readonly string[], newLines: readonly string[]): Match {
  const oldPieces = splitAtDots(oldLines)
  const newPieces = splitAtDots(newLines)
  if (oldPieces.length < 2 || oldPieces.length !== newPieces.length) return { kind: 'none' }
  const result: string[] = []
  let rung: MatchRung = 'exact'
  let start: number | undefined
  let line = 0
  for (const [i, piece] of oldPieces.entries()) {
    const replacement = newPieces[i] ?? []
    if (piece.length === 0) {
      if (replacement.length > 0) return { kind: 'none' }
      continue
    }
    const found = matchFrom(index, piece, line)
    if (found.kind !== 'one') return found
    const first = index.starts.indexOf(found.start)
    if (start !== undefined) result.push(...index.lines.slice(line, first))
    start ??= found.start
    if (found.rung !== 'exact') rung = found.rung
    result.push(...replacement)
    line = first + piece.length
  }
  if (start === undefined) return { kind: 'none' }
  return { kind: 'one', start, end: startOfLine(index, line), rung, retry: 'elision', newLines: result }
}

function splitAtDots(lines: readonly string[]): string[][] {
  const pieces: string[][] = [[]]
  for (const line of lines) {
    if (/^\s*(?:\.{3}|…)\s*$/.test(line)) pieces.push([])
    else pieces.at(-1)?.push(line)
  }
  return pieces
}
