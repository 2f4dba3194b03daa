import { commonestShift } from './indent-shift.ts'
import { isBlank } from './lines.ts'
import { rangeOfLines } from './match-ladder.ts'
import type { Range } from './offset-edit.ts'
import { fitNewLines } from './own-lines.ts'
import { findSimilarPassages, type SimilarPassage } from './similar-passages.ts'
import { createTextIndex } from './text-index.ts'

const leastCoverage = 0.8
/** By how much the best place has to be better than every other. */
const clearLead = 0.1
/** Share by which a place may be longer or shorter than the old lines, at least by one line. */
const mostLengthChange = 0.2

/** In 10,000 lines this is up to some tenths of a second, which is why it does not run where anybody waits for it. */
const budget = { looks: 512, steps: 4_000_000, words: 1_000 }

/**
 * The one place that resembles the old lines although it does not match: at least 0.8 of its lines are equal or nearly so (0.8 of what they
 * are made of), a few may be missing or too many, and no other place comes near. Somebody should look at what comes of it.
 *
 * Lines that are to go and leave nothing behind have to be known, not guessed at: a block without new lines has no such place. Most often
 * it was applied before, and what resembles it is a neighbour of what it deleted.
 *
 * The range is of whole lines, in UTF-16 units. Of the new lines, those that the block leaves as they are stay the file's own; the others are
 * shifted as most lines of the place are, the first one as the place's first. `undefined`: there is no such place, or `isLate`, which is
 * asked all the while, said so.
 */
export function similarPlace(
  text: string,
  oldLines: readonly string[],
  newLines: readonly string[],
  isLate: () => boolean,
): (Range & { newLines: readonly string[] }) | undefined {
  if (isBlank(newLines)) return undefined
  const index = createTextIndex(text)
  const found = findSimilarPassages(index, oldLines, budget, isLate)
  if (found === 'late') return undefined
  const [best, ...others] = found.passages
  if (best === undefined || !isGoodEnough(best, oldLines.length)) return undefined
  const otherReading = found.otherReading()
  if (otherReading === 'late') return undefined
  const rivals = otherReading === undefined ? others : [...others, otherReading]
  if (rivals.some(({ similarity }) => similarity >= best.similarity - clearLead)) return undefined
  const { firstLine, endLine } = best
  return { ...rangeOfLines(index, firstLine, endLine - firstLine), newLines: fit(index.lines, best, oldLines, newLines) }
}

function isGoodEnough({ coverage, firstLine, endLine }: SimilarPassage, length: number): boolean {
  return coverage >= leastCoverage && Math.abs(endLine - firstLine - length) <= Math.max(1, length * mostLengthChange)
}

function fit(
  lines: readonly string[],
  { firstLine, endLine, ownOf }: SimilarPassage,
  oldLines: readonly string[],
  newLines: readonly string[],
): string[] {
  const pairs = ownOf.flatMap((own, old) =>
    own === undefined ? [] : [{ oldLine: oldLines[old] ?? '', ownLine: lines[own] ?? '' }],
  )
  const shift = commonestShift(pairs)
  const firstShift = ownOf[0] === undefined ? shift : commonestShift(pairs.slice(0, 1))
  return fitNewLines(lines.slice(firstLine, endLine), oldLines, newLines, {
    shift,
    firstShift,
    ownOf: ownOf.map((own) => (own === undefined ? undefined : own - firstLine)),
  })
}
