import { similarity, type ComparedLine } from './line-similarity.ts'

/** Lines from this similarity on are taken for each other, from the higher one on they count as equal. */
const leastForPair = 0.4
const leastForEqual = 0.8
/** Cost of a line that stands between two paired ones and is paired with none, so that a far brace is not taken for a near one. */
const gapCost = 0.1

const pair = 1
const skipOld = 2
const skipOwn = 3

/** Which own line (index, ascending) stands for each of the old lines, and how much the place they span has in common with them. */
export type Alignment = {
  ownOf: (number | undefined)[]
  first: number
  /** Exclusive. */
  end: number
  /** 0 to 1: similarity of the paired lines, over the longer of the two passages. */
  similarity: number
  /** 0 to 1: share of lines that count as equal, over the longer of the two passages. */
  coverage: number
}

/**
 * The best way to pair the old lines in order with some of the own ones; `undefined` if none can be paired, `'late'` if there was no time.
 * Takes old × own steps. `isForbidden`: pairs that may not be.
 */
export function alignLines(
  oldLines: readonly ComparedLine[],
  ownLines: readonly ComparedLine[],
  isLate: () => boolean,
  isForbidden: (old: number, own: number) => boolean = () => false,
): Alignment | undefined | 'late' {
  const width = ownLines.length + 1
  const moves = new Uint8Array((oldLines.length + 1) * width)
  const likeness = new Float32Array(oldLines.length * ownLines.length)
  let above = new Float64Array(width)
  let row = new Float64Array(width)
  for (const [i, oldLine] of oldLines.entries()) {
    if (isLate()) return 'late'
    const isLast = i === oldLines.length - 1
    row[0] = 0
    for (const [j, ownLine] of ownLines.entries()) {
      const like = isForbidden(i, j) ? 0 : similarity(oldLine, ownLine, leastForPair)
      likeness[i * ownLines.length + j] = like
      const paired = like < leastForPair ? -1 : (above[j] ?? 0) + like
      const skippedOld = above[j + 1] ?? 0
      const skippedOwn = (row[j] ?? 0) - (isLast ? 0 : gapCost)
      const best = Math.max(paired, skippedOld, skippedOwn)
      row[j + 1] = best
      moves[(i + 1) * width + j + 1] = best === paired ? pair : best === skippedOld ? skipOld : skipOwn
    }
    ;[above, row] = [row, above]
  }
  return traceBack(moves, likeness, oldLines.length, ownLines.length)
}

function traceBack(moves: Uint8Array, likeness: Float32Array, olds: number, owns: number): Alignment | undefined {
  const ownOf: (number | undefined)[] = Array.from({ length: olds }, () => undefined)
  let total = 0
  let equal = 0
  let first = -1
  let end = 0
  for (let i = olds, j = owns; i > 0 && j > 0;) {
    const move = moves[i * (owns + 1) + j]
    if (move === pair) {
      const like = likeness[(i - 1) * owns + j - 1] ?? 0
      ownOf[i - 1] = j - 1
      total += like
      if (like >= leastForEqual) equal += 1
      first = j - 1
      if (end === 0) end = j
    }
    if (move !== skipOwn) i -= 1
    if (move !== skipOld) j -= 1
  }
  if (first === -1) return undefined
  const longer = Math.max(olds, end - first)
  return { ownOf, first, end, similarity: total / longer, coverage: equal / longer }
}
