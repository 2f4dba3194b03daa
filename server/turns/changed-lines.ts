import { diffLines } from '#edits/line-diff.ts'
import { splitLines } from '#edits/lines.ts'

/** Longer texts take longer to compare than a count is worth. */
const mostCharacters = 1_000_000

export type ChangedLines = { added: number; deleted: number }

/** How many lines differ between two texts; nothing where that takes too long to find out. */
export function changedLines(before: string, now: string): ChangedLines | undefined {
  if (before.length + now.length > mostCharacters) return undefined
  let added = 0
  let deleted = 0
  for (const { oldStart, oldEnd, newStart, newEnd } of diffLines(splitLines(before), splitLines(now))) {
    added += newEnd - newStart
    deleted += oldEnd - oldStart
  }
  return { added, deleted }
}
