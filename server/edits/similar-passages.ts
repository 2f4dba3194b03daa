import { alignLines, type Alignment } from './line-alignment.ts'
import { comparedLine, type ComparedLine } from './line-similarity.ts'
import { keyOn, type TextIndex } from './text-index.ts'

/** A line that stands more often than this says nothing about where a passage is; nor does such a word. */
const mostPlacesOfClue = 256
/** Passages may be longer or shorter than what was looked for, by this share. */
const slackShare = 0.2

/** How much to do for it: passages looked at closely, comparisons of two lines for them, words searched in the text. */
export type SearchBudget = { looks: number; steps: number; words: number }

/**
 * Lines that resemble the old lines: `[firstLine, endLine)` of the text, 0-based; `ownOf`: the line that stands for each old line.
 * Similarity and coverage as in `Alignment`; blank lines do not count.
 */
export type SimilarPassage = {
  firstLine: number
  endLine: number
  ownOf: (number | undefined)[]
  similarity: number
  coverage: number
}

/**
 * Passages that resemble the old lines, best first; they do not overlap. It looks closely where equal lines, or lines with the same long
 * words, gather. `otherReading`: the best one around the very best one that takes no line for what that one takes it for; in a text that
 * repeats itself it is as good.
 */
export function findSimilarPassages(
  index: TextIndex,
  oldLines: readonly string[],
  budget: SearchBudget,
  isLate: () => boolean = () => false,
): { passages: SimilarPassage[]; otherReading: () => SimilarPassage | undefined | 'late' } | 'late' {
  const old = solidLines(oldLines)
  const own = solidLines(index.lines)
  if (old.length === 0 || own.length === 0) return { passages: [], otherReading: () => undefined }
  const slack = Math.max(1, Math.ceil(old.length * slackShare))
  const most = Math.min(budget.looks, Math.floor(budget.steps / (old.length * (old.length + 2 * slack))))
  const starts = findStarts({ index, oldLines, old, own, slack, most, words: budget.words, isLate })
  if (starts === 'late') return 'late'
  const comparedOld = old.map((line) => comparedLine(oldLines[line] ?? ''))
  const compared = new Map<number, ComparedLine>()

  function look(from: number, to: number, isForbidden?: (old: number, own: number) => boolean) {
    const window = own.slice(Math.max(0, from), to)
    const lines = window.map((line) => {
      const known = compared.get(line) ?? comparedLine(index.lines[line] ?? '')
      compared.set(line, known)
      return known
    })
    const forbidden = isForbidden && ((i: number, j: number) => isForbidden(old[i] ?? -1, window[j] ?? -1))
    const found = alignLines(comparedOld, lines, isLate, forbidden)
    return found === undefined || found === 'late' ? found : passageOf(found, window)
  }

  function passageOf(found: Alignment, window: readonly number[]): SimilarPassage {
    const ownOf: (number | undefined)[] = Array.from({ length: oldLines.length }, () => undefined)
    for (const [i, j] of found.ownOf.entries()) if (j !== undefined) ownOf[old[i] ?? 0] = window[j]
    const firstLine = extend(index.lines, window[found.first] ?? 0, -1, old[0] ?? 0)
    const endLine = extend(index.lines, window[found.end - 1] ?? 0, 1, oldLines.length - 1 - (old.at(-1) ?? 0)) + 1
    return { firstLine, endLine, ownOf, similarity: found.similarity, coverage: found.coverage }
  }

  const all: SimilarPassage[] = []
  for (const start of starts) {
    const passage = look(start - slack, start + old.length + slack)
    if (passage === 'late') return 'late'
    if (passage !== undefined) all.push(passage)
  }
  all.sort((a, b) => b.similarity - a.similarity || a.firstLine - b.firstLine)
  const passages: SimilarPassage[] = []
  for (const passage of all) if (!passages.some((better) => overlap(passage, better))) passages.push(passage)
  return { passages, otherReading }

  function otherReading(): SimilarPassage | undefined | 'late' {
    const [best] = passages
    if (best === undefined) return undefined
    const around = lowerBound(own, best.firstLine)
    const half = (old.length >> 1) + slack
    return look(around - half, around + old.length + half, (i, line) => best.ownOf[i] === line)
  }
}

function overlap(a: SimilarPassage, b: SimilarPassage): boolean {
  return a.firstLine < b.endLine && b.firstLine < a.endLine
}

/** Numbers of the lines that are not blank. */
function solidLines(lines: readonly string[]): number[] {
  const solid: number[] = []
  for (const [i, line] of lines.entries()) if (line.trim() !== '') solid.push(i)
  return solid
}

/** From a line on over at most so many blank ones. */
function extend(lines: readonly string[], from: number, step: 1 | -1, most: number): number {
  let line = from
  while (Math.abs(line - from) < most && lines[line + step]?.trim() === '') line += step
  return line
}

/** Where passages might begin, counted in lines that are not blank; the likeliest first. */
function findStarts(search: {
  index: TextIndex
  oldLines: readonly string[]
  old: readonly number[]
  own: readonly number[]
  slack: number
  most: number
  words: number
  isLate: () => boolean
}): number[] | 'late' {
  const { index, oldLines, old, own, slack, most, isLate } = search
  const votes = new Float64Array(own.length)
  const { idOf, linesOf } = index.idsOn('unicode')
  let words = search.words

  function vote(old: number, line: number, weight: number): void {
    const start = Math.max(0, lowerBound(own, line) - old)
    votes[start] = (votes[start] ?? 0) + weight
  }

  const common: [number, readonly number[]][] = []
  for (const [i, line] of old.entries()) {
    if (isLate()) return 'late'
    const key = keyOn.unicode(oldLines[line] ?? '')
    const equal = linesOf[idOf.get(key) ?? -1]
    if (equal !== undefined && equal.length > mostPlacesOfClue) common.push([i, equal])
    else if (equal !== undefined) for (const own of equal) vote(i, own, weightOf(equal.length))
    else {
      for (const word of longestWords(key)) {
        if (words === 0) break
        words -= 1
        const lines = linesWith(index, word)
        for (const own of lines) vote(i, own, weightOf(lines.length) / 2)
      }
    }
  }
  if (!votes.some((sum) => sum > 0)) {
    for (const [i, equal] of common.slice(0, 1)) for (const own of equal.slice(0, most)) vote(i, own, 1)
  }
  return peaksOf(votes, slack, Math.max(1, old.length >> 1), most)
}

function weightOf(places: number): number {
  return 1 / (1 + Math.log2(places))
}

function longestWords(line: string): string[] {
  const words = new Set(line.match(/[\p{L}\p{N}_$]{3,}/gu))
  return [...words].sort((a, b) => b.length - a.length).slice(0, 3)
}

/** Lines that hold a word; none if it is a common one. */
function linesWith(index: TextIndex, word: string): number[] {
  const lines: number[] = []
  for (let at = index.text.indexOf(word); at !== -1; at = index.text.indexOf(word, at)) {
    const line = lowerBound(index.starts, at + 1) - 1
    if (lines.length === mostPlacesOfClue) return []
    lines.push(line)
    at = index.starts[line + 1] ?? index.text.length
  }
  return lines
}

/** Where most votes lie within `slack` of each other; `apart` from each other. */
function peaksOf(votes: Float64Array, slack: number, apart: number, most: number): number[] {
  const sums = new Float64Array(votes.length + 1)
  for (const [i, weight] of votes.entries()) sums[i + 1] = (sums[i] ?? 0) + weight
  const near = votes.map((_, i) => (sums[Math.min(votes.length, i + slack + 1)] ?? 0) - (sums[Math.max(0, i - slack)] ?? 0))
  const ranked = [...votes.keys()]
    .filter((i) => (votes[i] ?? 0) > 0)
    .sort((a, b) => (near[b] ?? 0) - (near[a] ?? 0) || (votes[b] ?? 0) - (votes[a] ?? 0) || a - b)
  const isTaken = new Uint8Array(votes.length)
  const peaks: number[] = []
  for (const i of ranked) {
    if (peaks.length === most) break
    if (isTaken[i] === 1) continue
    peaks.push(i)
    isTaken.fill(1, Math.max(0, i - apart + 1), i + apart)
  }
  return peaks
}

/** First index whose value is at least this one; the values ascend. */
function lowerBound(values: readonly number[], value: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
