import { diffLines, type LineChange } from './line-diff.ts'
import { splitLines } from './lines.ts'

/**
 * A run of whole lines that differs between two texts. Offsets in UTF-16 units, from the start of its first line to after the LF of its
 * last one (or the text's end). `oldLines` and `newLines` count lines, unchanged lines inside the region included.
 */
export type Region = {
  oldStart: number
  oldEnd: number
  newStart: number
  newEnd: number
  oldLines: number
  newLines: number
}

/** Changes with at most this many unchanged lines between them are one region. */
const mostLinesBetween = 2

/** Regions in which the texts differ, ascending; replacing each old range by its new one gives the new text. */
export function changedRegions(oldText: string, newText: string): Region[] {
  const oldLines = splitLines(oldText)
  const newLines = splitLines(newText)
  const joined: LineChange[] = []
  for (const change of diffLines(oldLines, newLines)) {
    const last = joined.at(-1)
    if (last !== undefined && change.oldStart - last.oldEnd <= mostLinesBetween) {
      last.oldEnd = change.oldEnd
      last.newEnd = change.newEnd
    } else joined.push({ ...change })
  }
  const oldStarts = startsOf(oldLines)
  const newStarts = startsOf(newLines)
  return joined.map((change) => ({
    oldStart: oldStarts[change.oldStart] ?? 0,
    oldEnd: oldStarts[change.oldEnd] ?? 0,
    newStart: newStarts[change.newStart] ?? 0,
    newEnd: newStarts[change.newEnd] ?? 0,
    oldLines: change.oldEnd - change.oldStart,
    newLines: change.newEnd - change.newStart,
  }))
}

function startsOf(lines: readonly string[]): number[] {
  const starts = [0]
  let offset = 0
  for (const line of lines) starts.push((offset += line.length))
  return starts
}
