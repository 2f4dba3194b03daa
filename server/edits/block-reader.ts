import { createBlockWriter, type ParserOutput } from './block-writer.ts'
import { isElision } from './elision.ts'
import { closesFence, opensInside, readOpeningFence, type Fence } from './fences.ts'
import type { AnswerLine } from './line-reader.ts'
import { createLinesAbove, linesAboveMarker } from './lines-above.ts'
import { readMarker, type Marker } from './markers.ts'
import { pathAlone, pathInInfoString, type NamedPath } from './named-path.ts'
import type { MalformedCode } from './parser-events.ts'

/** A code fence that is open. */
type OpenFence = Fence & {
  /** Where a block that owns this fence begins: at the path line above it, or at the fence. */
  at: number
  named: NamedPath | undefined
  /** Lines read since it opened. */
  lines: number
  /** A block includes the opening line, so the closing line belongs to the last block in it. */
  owned: boolean
}

const markdown = /\.(?:md|mdx|markdown)$/i
const bareFence = { character: '`', length: 3 } as const

export type BlockReader = {
  line(line: AnswerLine): void
  /** Rolls an open block back. Outside of blocks a line that is too long is just text. */
  abort(code: 'line_too_long' | 'answer_too_long', line: AnswerLine): void
  /** `line` is empty and stands at the end of the answer. */
  end(complete: boolean, line: AnswerLine): void
}

/** The grammar of the answer, line by line. */
export function createBlockReader(output: ParserOutput): BlockReader {
  const { tolerate } = output
  const writer = createBlockWriter(output)
  const above = createLinesAbove()
  let mode: 'chat' | 'undecided' | 'search' | 'replace' | 'whole' = 'chat'
  let fence: OpenFence | undefined
  /** First lines of a fence with a path: they tell whether it holds search/replace blocks or the whole file. */
  let undecided: AnswerLine[] = []
  /** Replace part: what may be the fence's end, and blank lines after it, until the next line tells. */
  let held: AnswerLine[] = []
  let fenceEndInReplace = false
  let searchMarkerInFile = false
  let fencesInFile = 0

  function finish(state: 'complete' | 'aborted', at: number): void {
    writer.finish(state, at)
    mode = 'chat'
    above.clear()
    held = []
  }

  function countMarker(marker: Marker): void {
    if (marker.length !== 7) tolerate('marker_length')
    if (marker.bracket) tolerate('search_marker_bracket')
    if (marker.trailingSpace) tolerate('marker_trailing_space')
  }

  function chatLine(line: AnswerLine): void {
    const marker = readMarker(line.text)
    if (marker?.kind === 'search') return startSearchReplace(line, marker)
    const blank = line.text.trim() === ''
    if (fence === undefined) {
      // The end of a fence whose beginning was forgotten; taken for a beginning it would swallow the blocks after it.
      if (writer.heldAt() !== undefined && closesFence(line.text, bareFence)) {
        tolerate('missing_fence')
        return writer.settle(line.end)
      }
      writer.settle()
      return textLine(line)
    }
    const opening = fence.owned ? readOpeningFence(line.text) : undefined
    if (opening !== undefined && (opening.info !== '' || above.pathDirectlyAbove() !== undefined)) {
      tolerate('missing_fence')
      writer.settle()
      fence = undefined
      return textLine(line)
    }
    if (closesFence(line.text, fence)) return closeFence(line)
    if (!blank) {
      if (writer.heldAt() !== undefined && pathAlone(line.text) === undefined) tolerate('text_after_block')
      writer.settle()
    }
    fence.lines += 1
    above.add(line, 'inside')
  }

  function textLine(line: AnswerLine): void {
    const opening = readOpeningFence(line.text)
    if (opening === undefined) return above.add(line, 'outside')
    const path = above.pathDirectlyAbove()
    const named = path?.named ?? pathInInfoString(opening.info)
    fence = { ...opening, at: path?.at ?? line.start, named, lines: 0, owned: false }
    above.add(line, 'fence')
    if (named !== undefined) mode = 'undecided'
  }

  function closeFence(line: AnswerLine): void {
    writer.settle(fence?.owned ? line.end : undefined)
    fence = undefined
    above.clear()
  }

  function undecidedLine(line: AnswerLine): void {
    const marker = readMarker(line.text)
    if (marker?.kind === 'search') return startSearchReplace(line, marker)
    if (fence !== undefined && closesFence(line.text, fence)) {
      startWholeFile(line)
      return wholeLine(line)
    }
    undecided.push(line)
    above.add(line, 'inside')
    if (undecided.length === linesAboveMarker) startWholeFile(line)
  }

  function startSearchReplace(line: AnswerLine, marker: Marker): void {
    const path = above.pathAboveMarker()
    const last = writer.lastPath()
    let named = path?.named ?? (fence?.owned === false ? fence.named : undefined)
    if (named === undefined && last !== undefined) named = { ...last, tolerances: fence?.owned ? [] : ['previous_path'] }
    let at = path?.at ?? line.start
    if (writer.isOpen()) finish('aborted', at)
    at = writer.heldAt() ?? at
    const nearFence = mode === 'undecided' || (fence !== undefined && !fence.owned && fence.lines < linesAboveMarker)
    if (nearFence && fence !== undefined) {
      fence.owned = true
      at = Math.min(at, fence.at)
    }
    if (undecided.some(({ text }) => text.trim() !== '' && pathAlone(text) === undefined)) tolerate('text_before_marker')
    countMarker(marker)
    writer.start('search_replace', at, named, line)
    undecided = []
    above.clear()
    mode = 'search'
  }

  function searchLine(line: AnswerLine): void {
    const marker = readMarker(line.text)
    if (marker?.kind === 'divider') {
      countMarker(marker)
      above.clear()
      fenceEndInReplace = false
      mode = 'replace'
      return writer.searchEnd()
    }
    if (marker !== undefined) return endBroken('missing_divider', line, marker)
    above.add(line, 'inside')
    writer.searchLine(line)
  }

  function replaceLine(line: AnswerLine): void {
    const marker = readMarker(line.text)
    if (marker?.kind === 'search') return endBroken('missing_replace_marker', line, marker)
    const endsFence = fence?.owned === true && closesFence(line.text, fence)
    if (line.text.trim() !== '') releaseHeld()
    if (marker?.kind === 'replace') {
      countMarker(marker)
      return finish('complete', line.end)
    }
    above.add(line, 'inside')
    if (endsFence || held.length > 0) held.push(line)
    else writer.replaceLine(line)
  }

  function releaseHeld(): void {
    if (held.length > 0) fenceEndInReplace = true
    for (const line of held) writer.replaceLine(line)
    held = []
  }

  /** A marker where it cannot stand: the block is rolled back, and a search marker begins the next one. */
  function endBroken(code: MalformedCode, line: AnswerLine, marker: Marker): void {
    writer.malformed(code, line)
    if (marker.kind === 'search') startSearchReplace(line, marker)
    else finish('aborted', line.end)
  }

  function startWholeFile(line: AnswerLine): void {
    if (fence === undefined) return
    fence.owned = true
    writer.start('whole_file', fence.at, fence.named, line)
    if (/^(?:diff|patch)\b/i.test(fence.info) && !/\.(?:diff|patch)$/i.test(fence.named?.path ?? ''))
      writer.malformed('diff_in_fence', line)
    mode = 'whole'
    searchMarkerInFile = false
    fencesInFile = 0
    above.clear()
    const lines = undecided
    undecided = []
    for (const first of lines) wholeLine(first)
  }

  function wholeLine(line: AnswerLine): void {
    if (fence === undefined) return
    const path = fence.named?.path ?? ''
    if (closesFence(line.text, fence)) {
      if (fencesInFile === 0) {
        finish('complete', line.end)
        return closeFence(line)
      }
      fencesInFile -= 1
    } else if (markdown.test(path) && opensInside(line.text, fence)) {
      fencesInFile += 1
      tolerate('nested_fence')
    }
    const marker = readMarker(line.text)
    if (marker?.kind === 'replace' && !searchMarkerInFile) writer.malformed('missing_search_marker', line)
    if (marker?.kind === 'search' || marker?.kind === 'replace') searchMarkerInFile = true
    if (isElision(line.text, path)) writer.elided()
    writer.replaceLine(line)
  }

  return {
    line(line) {
      if (line.carriageReturn) tolerate('carriage_return')
      if (mode === 'chat') chatLine(line)
      else if (mode === 'undecided') undecidedLine(line)
      else if (mode === 'search') searchLine(line)
      else if (mode === 'replace') replaceLine(line)
      else wholeLine(line)
    },
    abort(code, line) {
      if (mode === 'undecided') startWholeFile(line)
      if (writer.isOpen() || code === 'answer_too_long') writer.malformed(code, line)
      finish('aborted', line.start)
    },
    end(complete, line) {
      if (mode === 'undecided') startWholeFile(line)
      const [fenceEnd] = held
      if (complete && mode === 'replace' && !fenceEndInReplace) {
        tolerate('missing_replace_marker')
        finish('complete', fenceEnd?.end ?? line.end)
      } else if (writer.isOpen()) {
        if (complete) writer.malformed(missing[mode], line)
        finish('aborted', line.end)
      }
      writer.settle()
    },
  }
}

const missing = {
  chat: 'missing_fence',
  undecided: 'missing_fence',
  whole: 'missing_fence',
  search: 'missing_divider',
  replace: 'missing_replace_marker',
} as const
