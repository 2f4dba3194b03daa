import type { AnswerBlock } from './answer-blocks.ts'
import { diffLines } from './line-diff.ts'
import { splitLines } from './lines.ts'

/**
 * For each line of a changed text the number (0-based) of the line that it was before; undefined for a line that was inserted. What it was
 * before tells which line ending it keeps.
 */
export type LineOrigins = readonly (number | undefined)[]

export function originsOf(text: string): LineOrigins {
  return splitLines(text).map((_, line) => line)
}

/** Lines of a changed passage by the line of the old passage that they are. A patch says it itself; otherwise equal lines are the same. */
export function keptLines(block: AnswerBlock, oldLines: readonly string[], newLines: readonly string[]): LineOrigins {
  return keptByPatch(block, oldLines.length, newLines.length) ?? keptByDiff(oldLines, newLines)
}

function keptByPatch({ patch, format }: AnswerBlock, oldCount: number, newCount: number): LineOrigins | undefined {
  if (format !== 'patch' || patch?.operation !== 'update') return undefined
  const kept: (number | undefined)[] = []
  let old = 0
  for (const { kind } of patch.lines) {
    if (kind !== 'delete') kept.push(kind === 'context' ? old : undefined)
    if (kind !== 'insert') old += 1
  }
  // Where the matcher left out a last empty line, the patch and the file are counted differently.
  return old === oldCount && kept.length === newCount ? kept : undefined
}

function keptByDiff(oldLines: readonly string[], newLines: readonly string[]): LineOrigins {
  const unterminated = (line: string) => line.replace(/\n$/, '')
  const kept: (number | undefined)[] = []
  let old = 0
  const keepUpTo = (end: number) => {
    for (; old < end; old += 1) kept.push(old)
  }
  for (const change of diffLines(oldLines.map(unterminated), newLines.map(unterminated))) {
    keepUpTo(change.oldStart)
    for (let line = change.newStart; line < change.newEnd; line += 1) kept.push(undefined)
    old = change.oldEnd
  }
  keepUpTo(oldLines.length)
  return kept
}
