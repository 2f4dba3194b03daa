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
  readonly exact: LineIds
  /** Lines that differ only in trailing space are equal here; ask with `trimEnd()`. */
  readonly loose: LineIds
}

/** Equal lines have equal numbers. */
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
  const trimmed = lines.map((line) => line.trimEnd())
  const loose = number(trimmed)
  const exact = lines.every((line, i) => line.length === trimmed[i]?.length) ? loose : number(lines)
  return { text, lines, starts, exact, loose }
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
