import type { HunkReason, MatchRung } from '#protocol/hunks.ts'
import type { PatchLine } from './answer-blocks.ts'
import { reindent } from './indent-shift.ts'
import { climb, rangeOfLines, shiftAt } from './match-ladder.ts'
import type { Range } from './offset-edit.ts'
import { findLandmarks, type Landmarks } from './patch-landmarks.ts'
import type { LineRung, TextIndex } from './text-index.ts'

/** A chunk of an `Update File` section. `anchors`: its `@@` lines, outermost first. `endOfFile`: its old lines are the file's last ones. */
export type PatchChunk = { lines: readonly PatchLine[]; anchors: readonly string[]; endOfFile: boolean }

/**
 * Where a chunk belongs, as in `Match`. `newLines`: what to put there. `nextLine`: 0-based line from which the section goes on.
 * `ignoredAnchor`: the one anchor is not there, but the old lines leave no doubt.
 */
export type ChunkMatch =
  | {
      kind: 'one'
      start: number
      end: number
      rung: MatchRung
      nextLine: number
      newLines: readonly string[]
      ignoredAnchor?: true
    }
  | { kind: 'none'; code: Extract<HunkReason, 'no_match' | 'anchor_not_found'> }
  | { kind: 'several'; lines: number[]; ranges: Range[] }

/**
 * Finds a chunk of a V4A patch in the text, from line `from` (0-based, the forward cursor of its section) on; with anchors after them.
 * Each rung of the ladder is tried on all lines before the next. Context lines keep the file's own bytes; inserted ones go in as they
 * are, or with the one indent shift of all old lines.
 *
 * `unique`: several hits are a place only if exactly one of them is in the part of the text that the last anchor heads. Otherwise
 * the first hit counts, as in the reference implementations, except where the patch is mistaken: an anchor that is not there, or a chunk
 * of the end of the file that is elsewhere, take a unique hit in both modes.
 *
 * Without old lines the chunk belongs right after its anchor, else at the end of the text, and the cursor does not pass it.
 */
export function matchChunk(index: TextIndex, chunk: PatchChunk, from: number, { unique }: { unique: boolean }): ChunkMatch {
  const anchors = chunk.anchors.filter((anchor) => anchor.trim() !== '')
  const landmarks = findLandmarks(index, anchors, from)
  if (landmarks !== undefined) return matchAfter(index, chunk, landmarks, unique)
  const anyway = anchors.length === 1 ? matchAfter(index, chunk, { from, places: [], rung: 'exact' }, true) : undefined
  if (anyway?.kind !== 'one' || anyway.start === anyway.end) return { kind: 'none', code: 'anchor_not_found' }
  return { ...anyway, ignoredAnchor: true }
}

function matchAfter(index: TextIndex, chunk: PatchChunk, landmarks: Landmarks, unique: boolean): ChunkMatch {
  const shapes = shapesOf(chunk.lines)
  if (chunk.endOfFile) {
    for (const lines of shapes) {
      const { length } = oldLinesOf(lines)
      const from = Math.max(index.lines.length - length, landmarks.from)
      const hits = length === 0 ? undefined : climb(index, oldLinesOf(lines), { from, indent: 'any' })
      if (hits?.lines[0] !== undefined) return placed(index, lines, hits.lines[0], hits.rung)
    }
  }
  for (const lines of shapes) {
    const oldLines = oldLinesOf(lines)
    if (oldLines.length === 0) return addition(index, lines, landmarks, chunk.endOfFile, unique)
    const hits = climb(index, oldLines, { from: landmarks.from, indent: 'any' })
    if (hits === undefined) continue
    const line = choose(hits.lines, unique || chunk.endOfFile, landmarks.scopeEnd)
    if (line === undefined) return several(index, hits.lines, oldLines.length)
    return { ...placed(index, lines, line, hits.rung), ...(chunk.endOfFile && { rung: 'fuzzy' }) }
  }
  return { kind: 'none', code: 'no_match' }
}

function choose(hits: readonly number[], unique: boolean, scopeEnd = 0): number | undefined {
  const [first, second] = hits
  if (!unique || second === undefined) return first
  const [only, another] = hits.filter((line) => line < scopeEnd)
  return another === undefined ? only : undefined
}

function addition(
  index: TextIndex,
  lines: readonly PatchLine[],
  landmarks: Landmarks,
  endOfFile: boolean,
  unique: boolean,
): ChunkMatch {
  const { from, anchor, places, rung } = landmarks
  if (unique && !endOfFile && places.length > 1) {
    const after = places.map((place) => place + 1)
    return several(index, after, 0)
  }
  const line = endOfFile || anchor === undefined ? index.lines.length : anchor + 1
  return { ...placed(index, lines, line, rung), nextLine: from }
}

function placed(index: TextIndex, lines: readonly PatchLine[], line: number, rung: LineRung): ChunkMatch & { kind: 'one' } {
  const oldLines = oldLinesOf(lines)
  const shift = shiftAt(index, line, oldLines, rung)
  const newLines: string[] = []
  let own = line
  for (const { kind, text } of lines) {
    if (kind === 'insert') newLines.push(shift === undefined ? text : reindent(text, shift))
    if (kind === 'context') newLines.push(index.lines[own] ?? text)
    if (kind !== 'insert') own += 1
  }
  return { kind: 'one', ...rangeOfLines(index, line, oldLines.length), rung, nextLine: own, newLines }
}

function several(index: TextIndex, lines: readonly number[], count: number): ChunkMatch {
  const ranges = lines.map((line) => rangeOfLines(index, line, count))
  return { kind: 'several', lines: lines.map((line) => line + 1), ranges }
}

function oldLinesOf(lines: readonly PatchLine[]): string[] {
  return lines.flatMap(({ kind, text }) => (kind === 'insert' ? [] : [text]))
}

/**
 * The chunk's lines, then without the last old one where that is empty, because models take the text's final line feed for an empty line. The
 * last new line goes with it where that is empty; an empty context line above inserted ones becomes one of them.
 */
export function shapesOf(lines: readonly PatchLine[]): (readonly PatchLine[])[] {
  const lastOld = lines.findLastIndex(({ kind }) => kind !== 'insert')
  const lastNew = lines.findLastIndex(({ kind }) => kind !== 'delete')
  if (lines[lastOld]?.text !== '') return [lines]
  const shorter = lines.flatMap((line, i): PatchLine[] => {
    const isOld = line.kind !== 'insert' && i !== lastOld
    const isNew = line.kind !== 'delete' && (i !== lastNew || line.text !== '')
    if (!isOld && !isNew) return []
    return [{ kind: isOld && isNew ? 'context' : isOld ? 'delete' : 'insert', text: line.text }]
  })
  return [lines, shorter]
}
