import { keyOn } from './text-index.ts'

/** Longer lines (generated code, data) are equal or not. */
const longestToCompare = 2_000

/** A line as it is compared: without any space and with plain characters for typographic ones. */
export type ComparedLine = { text: string; pairs: Uint32Array }

export function comparedLine(line: string): ComparedLine {
  const text = keyOn.unicode(line).replaceAll(/\s+/g, '')
  return { text, pairs: text.length > longestToCompare ? new Uint32Array(0) : pairsOf(text) }
}

/**
 * How much two lines have in common, 0 to 1: the share of pairs of neighbouring characters that both have (Sørensen and Dice), the edges of
 * the line being characters too. `least`: what is certainly less may come out as 0.
 */
export function similarity(a: ComparedLine, b: ComparedLine, least: number): number {
  if (a.text === b.text) return 1
  const total = a.pairs.length + b.pairs.length
  if (a.pairs.length === 0 || b.pairs.length === 0) return 0
  if (2 * Math.min(a.pairs.length, b.pairs.length) < least * total) return 0
  let common = 0
  for (let i = 0, j = 0; i < a.pairs.length && j < b.pairs.length;) {
    const difference = (a.pairs[i] ?? 0) - (b.pairs[j] ?? 0)
    if (difference === 0) common += 1
    if (difference <= 0) i += 1
    if (difference >= 0) j += 1
  }
  return (2 * common) / total
}

/** Ascending, as often as they occur. */
function pairsOf(text: string): Uint32Array {
  const pairs = new Uint32Array(text.length + 1)
  for (let i = 0, before = 0; i <= text.length; i += 1) {
    const code = i < text.length ? text.charCodeAt(i) : 0
    pairs[i] = before * 0x10000 + code
    before = code
  }
  return pairs.sort()
}
