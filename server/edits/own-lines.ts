import { reindent, type IndentShift } from './indent-shift.ts'
import { diffLines } from './line-diff.ts'

/**
 * The new lines as they fit to a place where the old ones stand as `ownLines`, line by line but not to the letter: lines that the block
 * leaves as they are stay the file's own, the others are indented as the place is.
 */
export function fitNewLines(
  ownLines: readonly string[],
  oldLines: readonly string[],
  newLines: readonly string[],
  shift: IndentShift,
): string[] {
  const result: string[] = []
  let old = 0
  for (const change of diffLines(oldLines, newLines)) {
    const written = newLines.slice(change.newStart, change.newEnd).map((line) => reindent(line, shift))
    result.push(...ownLines.slice(old, change.oldStart), ...written)
    old = change.oldEnd
  }
  result.push(...ownLines.slice(old))
  return result
}
