import type { FileNode } from '#protocol/sessions.ts'
import type { Reference } from '#protocol/turns.ts'

/** Lines that are selected in the editor, 1-based and inclusive. */
export type EditorSelection = { fileId: string; fromLine: number; toLine: number }

/** What a prompt refers to: mentioned files whole, and the selected lines of the editor. */
export function referencesOf(
  files: readonly FileNode[],
  mentioned: readonly string[],
  selection: EditorSelection | null,
): Reference[] {
  const known = new Set(files.map((file) => file.fileId))
  const whole = mentioned.filter((fileId) => known.has(fileId))
  const selected = selection !== null && known.has(selection.fileId) && !whole.includes(selection.fileId) ? [selection] : []
  return [...whole.map((fileId) => ({ fileId })), ...selected]
}

/** `game.ts:21–31`, or the path alone for a whole file. */
export function referenceLabel(reference: Reference, path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (reference.fromLine === undefined) return name
  const { fromLine, toLine = fromLine } = reference
  return fromLine === toLine ? `${name}:${fromLine}` : `${name}:${fromLine}–${toLine}`
}
