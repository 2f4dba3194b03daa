import { diffArrays } from 'diff'

/** What a hunk did to whole lines; line numbers count from the hunk's first line, 0-based. */
export type HunkLines = {
  added: { from: number; count: number }[]
  /** Old lines, shown above the line `above`. */
  deleted: { above: number; lines: string[] }[]
}

/** Beyond this many differing lines the exact difference is not worth a frame: all old ones go above all new ones. */
const mostEdits = 400

/** The difference between a hunk's old lines and the lines that stand there now, as exact as `longestMs` allows. */
export function hunkLines(baseText: string, liveLines: readonly string[], longestMs: number): HunkLines {
  const base = linesOf(baseText)
  const most = Math.min(base.length, liveLines.length)
  let start = 0
  while (start < most && base[start] === liveLines[start]) start += 1
  let end = 0
  while (end < most - start && base.at(-1 - end) === liveLines.at(-1 - end)) end += 1
  const lines: HunkLines = { added: [], deleted: [] }
  let at = start
  const [old, fresh] = [base.slice(start, base.length - end), liveLines.slice(start, liveLines.length - end)]
  for (const change of changes(old, fresh, longestMs)) {
    if (change.removed.length > 0) lines.deleted.push({ above: at, lines: change.removed })
    if (change.added > 0) lines.added.push({ from: at, count: change.added })
    at += change.added + change.kept
  }
  return lines
}

/** Lines of a text; a line feed at its end ends the last line and begins no further one. */
export function linesOf(text: string): string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

type Change = { removed: string[]; added: number; kept: number }

function changes(base: string[], live: string[], longestMs: number): Change[] {
  if (base.length === 0 || live.length === 0) return [{ removed: base, added: live.length, kept: 0 }]
  const difference = diffArrays(base, live, { maxEditLength: mostEdits, timeout: longestMs })
  if (difference === undefined) return [{ removed: base, added: live.length, kept: 0 }]
  const found: Change[] = []
  let open: Change | undefined
  for (const part of difference) {
    if (!part.added && !part.removed) {
      open ??= push(found)
      open.kept = part.count
      open = undefined
      continue
    }
    open ??= push(found)
    if (part.removed) open.removed = [...open.removed, ...part.value]
    else open.added += part.count
  }
  return found
}

function push(found: Change[]): Change {
  const change: Change = { removed: [], added: 0, kept: 0 }
  found.push(change)
  return change
}
