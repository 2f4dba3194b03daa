import { structuredPatch } from 'diff'
import type { KeptCopy } from '#session/outbox/outbox-database.ts'

export type CopyLine = { kind: 'same' | 'added' | 'deleted' | 'gap'; text: string }

/** More than anybody reads in a dialog; the download has all. */
const mostLines = 300
const longestMs = 200

/** What the copy has and its file has not, line by line; the whole text where the file is gone. */
export function copyLines({ stored, text }: Pick<KeptCopy, 'stored' | 'text'>): CopyLine[] {
  const options = { context: 2, timeout: longestMs }
  const patch = stored === undefined ? undefined : structuredPatch('', '', stored, text, undefined, undefined, options)
  const lines = patch === undefined ? text.split('\n').map(added) : patch.hunks.flatMap(linesOfHunk).slice(1)
  return lines.length > mostLines ? [...lines.slice(0, mostLines), { kind: 'gap', text: '' }] : lines
}

function added(text: string): CopyLine {
  return { kind: 'added', text }
}

/** `\ No newline at end of file` is no line of the text. */
function linesOfHunk({ lines }: { lines: string[] }): CopyLine[] {
  const shown = lines
    .filter((line) => !line.startsWith('\\'))
    .map((line): CopyLine => ({ kind: kinds[line.charAt(0)] ?? 'same', text: line.slice(1) }))
  return [{ kind: 'gap', text: '' }, ...shown]
}

const kinds: Record<string, CopyLine['kind']> = { '+': 'added', '-': 'deleted' }
