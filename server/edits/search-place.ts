import type { FileBasis } from './file-basis.ts'
import { match, type Match } from './match.ts'
import type { Range } from './offset-edit.ts'

type Found = Match & { kind: 'one' }

/**
 * Where the old lines of a search/replace block are. Ranges are of the expected text, whole lines; `newLines` as in `Match`.
 * `taken`: they stand once in the basis, but an earlier hunk of the turn has replaced them.
 */
export type SearchPlace =
  | (Found & { in: 'basis' | 'expected' })
  | { kind: 'none' }
  | { kind: 'several'; in: 'basis' | 'expected'; lines: number[]; ranges: Range[] }
  | { kind: 'taken'; oldText: string }

/**
 * Looks in the basis, else in the expected text, never in the live text. Without `newLines` it is strict, for use while the block still
 * streams; with those of a finished block it also tries the retries of `match`. An empty search is the end of the expected text.
 * `after`: end of the turn's last hunk in this file, in the expected text. Of several candidates the only one behind it is meant,
 * because blocks come in the order of the file.
 */
export function placeOfSearch(
  basis: FileBasis,
  oldLines: readonly string[],
  newLines?: readonly string[],
  after?: number,
): SearchPlace {
  const found = match(basis.basisIndex, oldLines, newLines)
  switch (found.kind) {
    case 'none':
      return placeInExpected(basis, oldLines, newLines, after)
    case 'several': {
      const ranges = found.ranges.map((range) => basis.toExpected(range))
      const left = ranges.filter((range) => range !== 'overlaps')
      // One of them may be what an earlier hunk has replaced: what is left of them is then unique where the model left off.
      const isTakenPartly = left.length < ranges.length
      const expected = isTakenPartly || after !== undefined ? placeInExpected(basis, oldLines, newLines, after) : undefined
      return expected?.kind === 'one' ? expected : { kind: 'several', in: 'basis', lines: found.lines, ranges: left }
    }
    case 'one': {
      if (found.start === found.end) return placeInExpected(basis, oldLines, newLines, after)
      const range = basis.toExpected(found)
      if (range !== 'overlaps') return { ...found, ...range, in: 'basis' }
      const again = placeInExpected(basis, oldLines, newLines, after)
      return again.kind === 'none' ? { kind: 'taken', oldText: basis.basisText.slice(found.start, found.end) } : again
    }
  }
}

function placeInExpected(
  basis: FileBasis,
  oldLines: readonly string[],
  newLines: readonly string[] | undefined,
  after: number | undefined,
): SearchPlace {
  const index = basis.expectedIndex
  const found = match(index, oldLines, newLines)
  if (found.kind === 'none') return found
  if (found.kind === 'one') return { ...found, in: 'expected' }
  const behind = after === undefined ? found : match(index, oldLines, newLines, lineAt(index.starts, after))
  return behind.kind === 'one' ? { ...behind, in: 'expected' } : { ...found, in: 'expected' }
}

/** The first line (0-based) that begins at `offset` or behind it. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) < offset) low = middle + 1
    else high = middle
  }
  return low
}
