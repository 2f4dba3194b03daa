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
  /** For each line a number that is equal for lines that are equal up to trailing space. */
  readonly ids: Int32Array
  /** Id of a line by its text without trailing space. */
  readonly idOf: ReadonlyMap<string, number>
  /** Lines by id, ascending, 0-based. */
  readonly linesById: readonly (readonly number[])[]
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
  const ids = new Int32Array(lines.length)
  const idOf = new Map<string, number>()
  const linesById: number[][] = []
  lines.forEach((line, number) => {
    const key = line.trimEnd()
    let id = idOf.get(key)
    if (id === undefined) {
      id = linesById.length
      idOf.set(key, id)
      linesById.push([])
    }
    ids[number] = id
    linesById[id]?.push(number)
  })
  return { text, lines, starts, ids, idOf, linesById }
}
