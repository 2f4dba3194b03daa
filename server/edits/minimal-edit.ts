import { diffArrays } from 'diff'
import { diffLines } from './line-diff.ts'
import { splitLines } from './lines.ts'

/** Old text `[start, end)` becomes `text`; UTF-16 units. */
export type TextEdit = { start: number; end: number; text: string }

/** Words, runs of spaces, line ends, single other characters; a surrogate pair is one token. */
const token = /[\p{L}\p{N}\p{M}_$]+|[^\S\n]+|\n|[^]/gu

/** Bounds for the comparison inside changed lines, whose time grows with tokens × edits. */
const mostTokens = 4_000
const mostTokenEdits = 300
/** Below this share of kept characters two passages have nothing to do with each other, and single equal tokens are chance. */
const leastKept = 0.35

/** Each edit costs whoever makes it as much as there were edits before it; so many keep a server busy for some milliseconds. */
const mostEdits = 500

/**
 * The edits that turn one text into the other: ascending, not touching each other, in coordinates of the old text. They keep unchanged
 * lines, and inside changed lines unchanged words and characters, so that what people type meanwhile stays in its place. They
 * never cut a surrogate pair in two. Passages that have nothing in common, or are very large, are replaced in one piece; of more than
 * 500 edits those that are closest to each other become one.
 */
export function minimalEdits(oldText: string, newText: string): TextEdit[] {
  const oldLines = splitLines(oldText)
  const newLines = splitLines(newText)
  const edits: TextEdit[] = []
  let offset = 0
  let line = 0
  for (const change of diffLines(oldLines, newLines)) {
    for (; line < change.oldStart; line += 1) offset += oldLines[line]?.length ?? 0
    const oldPassage = oldLines.slice(change.oldStart, change.oldEnd)
    edits.push(...editPassage(offset, oldPassage, newLines.slice(change.newStart, change.newEnd)))
  }
  const slid = edits.map((edit, i) => slideToLine(edit, oldText, edits[i + 1]?.start ?? oldText.length + 1))
  return slid.length > mostEdits ? joinClosest(slid, oldText) : slid
}

/** About as many as `mostEdits`. Where all are equally close, they are joined evenly and not all into one. */
function joinClosest(edits: readonly TextEdit[], oldText: string): TextEdit[] {
  const mostInOne = 2 * Math.ceil(edits.length / mostEdits)
  const gaps = edits.slice(1).map(({ start }, i) => start - (edits[i]?.end ?? 0))
  const widest = gaps.toSorted((a, b) => a - b)[edits.length - mostEdits - 1] ?? 0
  const joined: TextEdit[] = []
  let inOne = 0
  for (const edit of edits) {
    const last = joined.at(-1)
    inOne += 1
    if (last === undefined || edit.start - last.end > widest || inOne > mostInOne) {
      joined.push({ ...edit })
      inOne = 1
    } else {
      last.text += oldText.slice(last.end, edit.start) + edit.text
      last.end = edit.end
    }
  }
  return joined
}

/** The same, to be made one after the other where the old text begins at `start`: each counts in what those before it have left. */
export function successiveEdits(oldText: string, newText: string, start = 0): TextEdit[] {
  let shift = start
  return minimalEdits(oldText, newText).map((edit) => {
    const moved = { start: edit.start + shift, end: edit.end + shift, text: edit.text }
    shift += edit.text.length - (edit.end - edit.start)
    return moved
  })
}

function editPassage(offset: number, oldLines: readonly string[], newLines: readonly string[]): TextEdit[] {
  const oldText = oldLines.join('')
  const whole = trim({ start: 0, end: oldText.length, text: newLines.join('') }, oldText)
  const moved = (edit: TextEdit, by: number) => ({ ...edit, start: edit.start + by, end: edit.end + by })
  if (whole.start === whole.end && whole.text === '') return []
  if (whole.start === whole.end || whole.text === '') return [moved(whole, offset)]
  const edits = editTokens(oldText.slice(whole.start, whole.end), whole.text)
  if (edits === 'unrelated') return [moved(whole, offset)]
  if (edits !== 'too_large') return edits.map((edit) => moved(edit, offset + whole.start))
  if (oldLines.length !== newLines.length || oldLines.length === 1) return [moved(whole, offset)]
  let at = offset
  return oldLines.flatMap((line, i) => {
    at += line.length
    return editPassage(at - line.length, [line], newLines.slice(i, i + 1))
  })
}

/** Edits in coordinates of the old passage. */
function editTokens(oldText: string, newText: string): TextEdit[] | 'unrelated' | 'too_large' {
  const oldTokens = oldText.match(token) ?? []
  const newTokens = newText.match(token) ?? []
  if (oldTokens.length + newTokens.length > mostTokens) return 'too_large'
  const parts = diffArrays(oldTokens, newTokens, { maxEditLength: mostTokenEdits })
  if (parts === undefined) return 'too_large'
  const edits: TextEdit[] = []
  let at = 0
  let kept = 0
  for (const { added, removed, value } of parts) {
    const text = value.join('')
    const last = edits.at(-1)
    if (added && last?.end === at) last.text += text
    else if (added) edits.push({ start: at, end: at, text })
    else if (removed && last?.end === at) last.end += text.length
    else if (removed) edits.push({ start: at, end: at + text.length, text: '' })
    else kept += text.trim().length
    if (!added) at += text.length
  }
  if (kept < leastKept * Math.min(oldText.length, newText.length)) return 'unrelated'
  return edits.map((edit) => trim(edit, oldText))
}

/**
 * An insertion or deletion of lines that was found one line end too early (`\n}` after a line for `}\n` before the next) moves to the
 * start of the line, where a person would have made it. It stays before `limit`.
 */
function slideToLine(edit: TextEdit, oldText: string, limit: number): TextEdit {
  const { start, end, text } = edit
  if (text !== '' && start !== end) return edit
  const moved = text === '' ? oldText.slice(start, end) : text
  const by = moved.indexOf('\n') + 1
  if (by === 0 || start === 0 || oldText[start - 1] === '\n' || end + by >= limit) return edit
  if (oldText.slice(end, end + by) !== moved.slice(0, by)) return edit
  return { start: start + by, end: end + by, text: text.slice(by) + text.slice(0, by) }
}

/** Leaves out what an edit has in common with the text it replaces, at its start and at its end. */
function trim(edit: TextEdit, oldText: string): TextEdit {
  const { text } = edit
  const most = Math.min(edit.end - edit.start, text.length)
  let head = 0
  while (head < most && oldText.charCodeAt(edit.start + head) === text.charCodeAt(head)) head += 1
  if (cutsPair(oldText, edit.start + head) || cutsPair(text, head)) head -= 1
  let tail = 0
  while (tail < most - head && oldText.charCodeAt(edit.end - 1 - tail) === text.charCodeAt(text.length - 1 - tail)) tail += 1
  if (cutsPair(oldText, edit.end - tail) || cutsPair(text, text.length - tail)) tail -= 1
  return { start: edit.start + head, end: edit.end - tail, text: text.slice(head, text.length - tail) }
}

function cutsPair(text: string, offset: number): boolean {
  return /[\uD800-\uDBFF]/.test(text.charAt(offset - 1)) && /[\uDC00-\uDFFF]/.test(text.charAt(offset))
}
