/** How all lines of one passage are indented differently from those of another. At most one of the two is not empty. */
export type IndentShift = { added: string; removed: string }

/**
 * By which one shift all lines of the old passage become those of the own one, beyond what else differs in them. `undefined`: they differ
 * by more than one. Blank lines do not count; without any other line nothing is shifted.
 */
export function uniformShift(oldLines: readonly string[], ownLines: readonly string[]): IndentShift | undefined {
  let uniform: IndentShift | undefined
  for (const [i, oldLine] of oldLines.entries()) {
    if (oldLine.trim() === '') continue
    const shift = shiftBetween(indentOf(oldLine), indentOf(ownLines[i] ?? ''))
    if (shift === undefined) return undefined
    uniform ??= shift
    if (shift.added !== uniform.added || shift.removed !== uniform.removed) return undefined
  }
  return uniform ?? { added: '', removed: '' }
}

/** The shift between most of these pairs of lines, the earlier one if as many; none where no pair has one. */
export function commonestShift(pairs: readonly { oldLine: string; ownLine: string }[]): IndentShift {
  const counts = new Map<string, { shift: IndentShift; count: number }>()
  for (const { oldLine, ownLine } of pairs) {
    const shift = shiftBetween(indentOf(oldLine), indentOf(ownLine))
    if (shift === undefined) continue
    const key = `${shift.added}|${shift.removed}`
    const known = counts.get(key) ?? { shift, count: 0 }
    known.count += 1
    counts.set(key, known)
  }
  let most = { shift: { added: '', removed: '' }, count: 0 }
  for (const entry of counts.values()) if (entry.count > most.count) most = entry
  return most.shift
}

/** The line with that shift. A line that has less space than is to be removed begins at the margin; a blank line stays. */
export function reindent(line: string, { added, removed }: IndentShift): string {
  if (line.trim() === '') return line
  let common = 0
  while (common < removed.length && line[common] === removed[common]) common += 1
  return added + line.slice(common)
}

export function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length)
}

function shiftBetween(oldIndent: string, ownIndent: string): IndentShift | undefined {
  if (ownIndent.endsWith(oldIndent)) return { added: ownIndent.slice(0, ownIndent.length - oldIndent.length), removed: '' }
  if (oldIndent.endsWith(ownIndent)) return { added: '', removed: oldIndent.slice(0, oldIndent.length - ownIndent.length) }
  return undefined
}
