import { reindent, type IndentShift } from './indent-shift.ts'
import { diffLines } from './line-diff.ts'

/**
 * The new lines as they fit to a place where `ownLines` stand for the old ones, not to the letter: lines that the block leaves as they are
 * stay the file's own, the others are indented as the place is. `ownOf`: the own line (index, ascending) for each old one, by itself the
 * same one. Own lines that stand for none stay, unless the block changes what is around them. `firstShift`: of the first new line.
 */
export function fitNewLines(
  ownLines: readonly string[],
  oldLines: readonly string[],
  newLines: readonly string[],
  {
    shift,
    firstShift = shift,
    ownOf,
  }: { shift: IndentShift; firstShift?: IndentShift; ownOf?: readonly (number | undefined)[] },
): string[] {
  const result: string[] = []
  let own = 0
  let old = 0

  function keepTo(end: number): void {
    result.push(...ownLines.slice(own, Math.max(own, end)))
    own = Math.max(own, end)
  }

  for (const change of diffLines(oldLines, newLines)) {
    for (; old < change.oldStart; old += 1) keepTo((ownLineOf(old) ?? -1) + 1)
    const replaced = range(change.oldStart, change.oldEnd).flatMap((line) => ownLineOf(line) ?? [])
    keepTo(replaced[0] ?? own)
    const written = newLines.slice(change.newStart, change.newEnd)
    result.push(...written.map((line, i) => reindent(line, change.newStart + i === 0 ? firstShift : shift)))
    own = Math.max(own, (replaced.at(-1) ?? -1) + 1)
    old = change.oldEnd
  }
  keepTo(ownLines.length)
  return result

  function ownLineOf(line: number): number | undefined {
    return ownOf === undefined ? line : ownOf[line]
  }
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, i) => start + i)
}
