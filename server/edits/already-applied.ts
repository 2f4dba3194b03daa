import { isBlank, splitLines } from './lines.ts'
import { shapesOf, type PatchChunk } from './match-chunk.ts'
import { climb, type Window } from './match-ladder.ts'
import type { Range } from './offset-edit.ts'
import { findLandmarks } from './patch-landmarks.ts'
import { keyOn, type TextIndex } from './text-index.ts'

/**
 * Whether a block says what the text says already: its new lines stand there once, on the ladder's first rung that has any, and every place
 * of its old lines is inside them. Without old lines (they are appended) the text has to end with the new ones.
 *
 * Without new lines there is no telling: that old lines are not there may as well mean that they never were.
 */
export function isAlreadyApplied(index: TextIndex, oldLines: readonly string[], newLines: readonly string[]): boolean {
  if (isBlank(newLines)) return false
  if (isBlank(oldLines)) return standsAt(index, index.lines.length - newLines.length, newLines)
  return isReplaced(index, oldLines, newLines, { indent: 'uniform' })
}

/**
 * Whether a block whose old lines stand at `place` (whole lines) may say what the text says already: only then are its new lines around
 * them. Quick, so that the whole text is looked through only where that is so.
 */
export function mayBeApplied(text: string, place: Range, oldLines: readonly string[], newLines: readonly string[]): boolean {
  const keyOf = keyOn.unicode
  const wanted = newLines.map(keyOf)
  const old = oldLines.map(keyOf)
  for (let above = 0; above + old.length <= wanted.length; above += 1) {
    if (!old.every((key, i) => key === wanted[above + i])) continue
    const below = wanted.length - above - old.length
    const around = [...linesBefore(text, place.start, above), ...linesFrom(text, place.end, below)].map(keyOf)
    const wantedAround = [...wanted.slice(0, above), ...wanted.slice(above + old.length)]
    if (around.length === wantedAround.length && around.every((key, i) => key === wantedAround[i])) return true
  }
  return false
}

/** How many new lines may be above the old ones without their place being looked for in vain. */
const mostLinesAbove = 1_000

/**
 * Whether the first new lines of a block that still streams stand around its place (whole lines) as if it had been applied. What begins
 * like that is not written before a line tells it apart.
 */
export function mayBeAppliedSoFar(text: string, place: Range, newLines: readonly string[]): boolean {
  const keyOf = keyOn.indent
  const wanted = newLines.map(keyOf)
  const above = linesBefore(text, place.start, mostLinesAbove).map(keyOf)
  const lines = [...above, ...linesFrom(text, place.start, wanted.length).map(keyOf)]
  for (let start = 0; start <= above.length; start += 1) {
    if (wanted.every((key, i) => key === lines[start + i])) return true
  }
  return false
}

function linesBefore(text: string, end: number, count: number): string[] {
  let start = end
  for (let left = count; left > 0 && start > 0; left -= 1) start = start === 1 ? 0 : text.lastIndexOf('\n', start - 2) + 1
  return splitLines(text.slice(start, end))
}

function linesFrom(text: string, start: number, count: number): string[] {
  let end = start
  for (let left = count; left > 0 && end < text.length; left -= 1) end = text.indexOf('\n', end) + 1 || text.length
  return splitLines(text.slice(start, end))
}

/**
 * The same as `isAlreadyApplied` for a chunk of a V4A patch, ahead of the cursor `from` (0-based line) and after its anchors, in the part of the text that the last
 * one heads. What is added after an anchor has to stand right there.
 */
export function isChunkApplied(index: TextIndex, chunk: PatchChunk, from: number): boolean {
  const anchors = chunk.anchors.filter((anchor) => anchor.trim() !== '')
  const landmarks = findLandmarks(index, anchors, from)
  if (landmarks === undefined) return false
  return shapesOf(chunk.lines).some((lines) => {
    const oldLines = lines.flatMap(({ kind, text }) => (kind === 'insert' ? [] : [text]))
    const newLines = lines.flatMap(({ kind, text }) => (kind === 'delete' ? [] : [text]))
    if (isBlank(newLines)) return false
    if (oldLines.length > 0)
      return isReplaced(index, oldLines, newLines, { from: landmarks.from, end: landmarks.scopeEnd, indent: 'any' })
    const isAppended = chunk.endOfFile || landmarks.anchor === undefined
    const line = isAppended ? index.lines.length - newLines.length : (landmarks.anchor ?? 0) + 1
    return standsAt(index, line, newLines)
  })
}

function isReplaced(index: TextIndex, oldLines: readonly string[], newLines: readonly string[], within: Window): boolean {
  const [line, second] = climb(index, newLines, within)?.lines ?? []
  if (line === undefined || second !== undefined) return false
  const places = climb(index, oldLines, within)?.lines ?? []
  return places.every((old) => old >= line && old + oldLines.length <= line + newLines.length)
}

function standsAt(index: TextIndex, line: number, lines: readonly string[]): boolean {
  const keyOf = keyOn.trailing_space
  return line >= 0 && lines.every((text, i) => keyOf(text) === keyOf(index.lines[line + i] ?? '\0'))
}
