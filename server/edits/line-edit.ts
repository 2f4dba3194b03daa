import type { TextEdit } from './minimal-edit.ts'

/**
 * The edit that puts whole lines in the place of `text[start, end)`, itself whole lines as `match` returns them. Each line gets its LF,
 * except that a text without a final one keeps lacking it: lines appended to such a text begin on a line of their own, and where its last
 * lines go, so does the LF above them.
 */
export function editLines(text: string, start: number, end: number, newLines: readonly string[]): TextEdit {
  const joined = newLines.map((line) => `${line}\n`).join('')
  const unterminated = end === text.length && text !== '' && !text.endsWith('\n')
  if (unterminated && joined === '' && start > 0 && start < end) return { start: start - 1, end, text: '' }
  if (!unterminated || joined === '') return { start, end, text: joined }
  return { start, end, text: (start === text.length ? '\n' : '') + joined.slice(0, -1) }
}
