import { indentOf } from './indent-shift.ts'
import { climb } from './match-ladder.ts'
import type { LineRung, TextIndex } from './text-index.ts'

/** Where the anchors of a patch chunk lead. All lines are 0-based. */
export type Landmarks = {
  /** Where the chunk's old lines are searched: after the last anchor, or where the search began. */
  from: number
  /** The line that the last anchor is taken for, and all that it may mean. */
  anchor?: number
  places: readonly number[]
  rung: LineRung
  /** Where the part of the text ends that a clear last anchor heads; `undefined` when it is not clear, or there is none. */
  scopeEnd?: number
}

/**
 * Follows stacked anchors, each a whole line, from `from` on and from one to the next. The first may lie behind `from`, because the chunk
 * before was already inside of what it heads. `undefined`: one of them is not there.
 */
export function findLandmarks(index: TextIndex, anchors: readonly string[], from: number): Landmarks | undefined {
  let found: Landmarks = { from, places: [], rung: 'exact' }
  for (const anchor of anchors) {
    const ahead = climb(index, [anchor], { from: found.from, indent: 'any' })
    const hits = ahead ?? (found.anchor === undefined ? climb(index, [anchor], { indent: 'any' }) : undefined)
    if (hits === undefined) return undefined
    const scopeEnd = found.scopeEnd ?? Infinity
    const inScope = hits.lines.filter((line) => line < scopeEnd)
    const places = inScope.length > 0 ? inScope : hits.lines
    const nearest = (ahead === undefined ? places.at(-1) : places[0]) ?? 0
    found = { from: ahead === undefined ? found.from : nearest + 1, anchor: nearest, places, rung: hits.rung }
    if (places.length === 1) found.scopeEnd = endOfScope(index.lines, nearest)
  }
  return found
}

/**
 * After the lines that are indented below the heading one, and after at least one that is not blank. A bracket at the heading's own indent
 * belongs to it (`): string {`, `}`).
 */
function endOfScope(lines: readonly string[], heading: number): number {
  const depth = indentOf(lines[heading] ?? '').length
  let isEmpty = true
  for (let line = heading + 1; line < lines.length; line += 1) {
    const text = lines[line] ?? ''
    const start = text.trimStart()
    if (start === '') continue
    if (text.length - start.length <= depth && !/^[()[\]{}]/.test(start)) return isEmpty ? line + 1 : line
    isEmpty = false
  }
  return lines.length
}
