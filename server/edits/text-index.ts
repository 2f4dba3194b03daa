import type { MatchRung } from '#protocol/hunks.ts'
import { fold, isFolded } from './unicode-folding.ts'

/** The rungs on which lines are equal or not, from strict to loose. */
export type LineRung = Exclude<MatchRung, 'fuzzy'>
export const lineRungs: readonly LineRung[] = ['exact', 'trailing_space', 'indent', 'unicode']

/** Lines that are equal on a rung have equal keys. A looser rung's key follows from a stricter one's. */
export const keyOn: Readonly<Record<LineRung, (line: string) => string>> = {
  exact: (line) => line,
  trailing_space: (line) => line.trimEnd(),
  indent: (line) => line.trim(),
  unicode: (line) => fold(line.trim()),
}

/**
 * The lines of a text, for finding runs of lines in it. A line ends with LF; what follows the last LF is a line only if it is
 * not empty (`''` has no line, `'a\n'` one, `'a\n\n'` two).
 */
export type TextIndex = {
  readonly text: string
  /** Lines without their LF. */
  readonly lines: readonly string[]
  /** Offset of each line's start, then the text's length; UTF-16 units. */
  readonly starts: readonly number[]
  /** The lines by their keys on a rung; worked out when it is first asked for. */
  idsOn(rung: LineRung): LineIds
}

/** Equal keys have equal numbers. */
export type LineIds = {
  /** Number of each line. */
  readonly ids: Int32Array
  readonly idOf: ReadonlyMap<string, number>
  /** Lines (0-based, ascending) by number. */
  readonly linesOf: readonly (readonly number[])[]
}

export function createTextIndex(text: string): TextIndex {
  const lines: string[] = []
  const starts: number[] = []
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? text.length : feed
    lines.push(text.slice(start, end))
    starts.push(start)
    start = end + 1
  }
  starts.push(text.length)
  const known: Partial<Record<LineRung, LineIds>> = {}

  function idsOn(rung: LineRung): LineIds {
    const ids = known[rung] ?? numberOn(rung)
    known[rung] = ids
    return ids
  }

  function numberOn(rung: LineRung): LineIds {
    switch (rung) {
      case 'exact':
        return number(lines)
      case 'trailing_space':
        return coarser(idsOn('exact'), keyOn.trailing_space)
      case 'indent':
        return coarser(idsOn('trailing_space'), keyOn.indent)
      case 'unicode':
        return isFolded(text) ? idsOn('indent') : coarser(idsOn('indent'), keyOn.unicode)
    }
  }

  return { text, lines, starts, idsOn }
}

function number(lines: readonly string[]): LineIds {
  const ids = new Int32Array(lines.length)
  const idOf = new Map<string, number>()
  const linesOf: number[][] = []
  lines.forEach((line, i) => {
    let id = idOf.get(line)
    if (id === undefined) {
      id = linesOf.length
      idOf.set(line, id)
      linesOf.push([])
    }
    ids[i] = id
    linesOf[id]?.push(i)
  })
  return { ids, idOf, linesOf }
}

/** Numbers by a key that is the same for lines that were equal already: it is worked out once for each different line. */
function coarser(finer: LineIds, keyOf: (line: string) => string): LineIds {
  const finerLines = [...finer.idOf.keys()]
  const keys = finerLines.map(keyOf)
  if (keys.every((key, id) => key.length === finerLines[id]?.length && key === finerLines[id])) return finer
  const { ids: newIds, idOf, linesOf: parts } = number(keys)
  const ids = finer.ids.map((id) => newIds[id] ?? 0)
  const linesOf = parts.map((part) => {
    const [only] = part
    if (part.length === 1 && only !== undefined) return finer.linesOf[only] ?? []
    return part.flatMap((id) => finer.linesOf[id] ?? []).sort((a, b) => a - b)
  })
  return { ids, idOf, linesOf }
}
