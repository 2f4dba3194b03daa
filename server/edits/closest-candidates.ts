import { rangeOfLines } from './match-ladder.ts'
import type { Range } from './offset-edit.ts'
import { findSimilarPassages } from './similar-passages.ts'
import type { TextIndex } from './text-index.ts'

const leastSimilarity = 0.4

/** Bounds that keep a search in 10,000 lines to some 10 ms. */
const budget = { looks: 8, steps: 60_000, words: 24 }

/**
 * Ranges of whole lines (UTF-16 units) that resemble old lines which were not found, best first, for telling the model or a person where they
 * might belong. None for more than about 200 old lines: nobody wants to read those again.
 */
export function closestCandidates(index: TextIndex, oldLines: readonly string[], most = 3): Range[] {
  const found = findSimilarPassages(index, oldLines, budget)
  if (found === 'late') return []
  const close = found.passages.filter(({ similarity }) => similarity >= leastSimilarity)
  return close.slice(0, most).map(({ firstLine, endLine }) => rangeOfLines(index, firstLine, endLine - firstLine))
}
