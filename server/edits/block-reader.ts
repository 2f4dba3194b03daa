import { isElision } from './elision.ts'
import { closesFence, opensInside, readOpeningFence } from './fences.ts'
import type { AnswerLine } from './line-reader.ts'
import { readMarker, type Marker } from './markers.ts'
import { pathAlone, pathInInfoString, pathInSentence, type NamedPath } from './named-path.ts'
import type { OpenBlock, OpenFence } from './open-block.ts'
import type { EditFormat, MalformedCode, ParserEvent, Tolerance } from './parser-events.ts'

/** How far above a search marker its path may stand, and how many lines a fence may hold before its format is settled. */
const linesAboveMarker = 3
const markdown = /\.(?:md|mdx|markdown)$/i

export type BlockReader = {
  line(line: AnswerLine): void
  /** Ends an open block as malformed at this line; outside of blocks only the end of the whole answer is told. */
  abort(code: 'line_too_long' | 'answer_too_long', line: AnswerLine): void
  end(complete: boolean, line: AnswerLine): void
}

/** The grammar of the answer, line by line. */
export function createBlockReader(output: {
  emit: (event: ParserEvent) => void
  tolerate: (tolerance: Tolerance) => void
}): BlockReader {
  const { emit, tolerate } = output
  let mode: 'chat' | 'opening' | 'search' | 'replace' | 'whole' = 'chat'
  let blocks = 0
  let open: OpenBlock | undefined
  let fence: OpenFence | undefined
  /** A complete or aborted block whose closing fence line may still come. */
  let ending: { block: number; at: number; state: 'complete' | 'aborted'; elided: boolean } | undefined
  let previous: NamedPath | undefined
  /** The last lines before a possible marker, and the lines of a fence whose format is not settled. */
  let recent: { line: AnswerLine; place: 'outside' | 'fence' | 'inside' }[] = []
  let undecided: AnswerLine[] = []

  function remember(line: AnswerLine, place: 'outside' | 'fence' | 'inside'): void {
    recent.push({ line, place })
    if (recent.length > linesAboveMarker) recent.shift()
  }

  function malformed(code: MalformedCode, line: AnswerLine): void {
    const event = { type: 'malformed', code, line: line.number, excerpt: line.text.slice(0, 120), at: line.start } as const
    emit(open === undefined ? event : { ...event, block: open.block })
  }

  function start(format: EditFormat, at: number, named: NamedPath | undefined, line: AnswerLine): OpenBlock {
    blocks += 1
    const path = named?.path ?? ''
    open = { block: blocks, path, format, elided: false, held: [], seen: false, depth: 0 }
    emit({ type: 'blockStart', block: blocks, at, path, format })
    for (const tolerance of named?.tolerances ?? []) tolerate(tolerance)
    if (named === undefined) malformed('no_path', line)
    else if (named.refused) malformed('refused_path', line)
    previous = named
    return open
  }

  function finish(state: 'complete' | 'aborted', at: number): void {
    if (open === undefined) return
    ending = { block: open.block, at, state, elided: open.elided }
    open = undefined
    mode = 'chat'
    recent = []
    if (fence?.use !== 'owned') flushEnding()
  }

  function flushEnding(at?: number): void {
    if (ending === undefined) return
    emit({ type: 'blockEnd', ...ending, at: at ?? ending.at })
    ending = undefined
  }

  function replaceLine(line: AnswerLine): void {
    if (open !== undefined) emit({ type: 'replaceLine', block: open.block, text: line.text })
  }

  /** The nearest line above that names a path, then what the fence itself names, then the previous block's path. */
  function pathForMarker(): { named: NamedPath | undefined; at: number | undefined } {
    let adjacent = true
    for (const { line, place } of recent.toReversed()) {
      const named =
        place === 'fence'
          ? pathInInfoString(readOpeningFence(line.text)?.info ?? '')
          : (pathAlone(line.text) ?? (place === 'outside' ? pathInSentence(line.text) : undefined))
      if (named !== undefined) return { named, at: adjacent && pathAlone(line.text) !== undefined ? line.start : undefined }
      if (place !== 'fence' && line.text.trim() !== '') adjacent = false
    }
    if (fence?.use === 'none' && fence.named !== undefined) return { named: fence.named, at: undefined }
    if (previous === undefined) return { named: undefined, at: undefined }
    return { named: { ...previous, tolerances: fence?.use === 'owned' ? [] : ['previous_path'] }, at: undefined }
  }

  function startSearchReplace(line: AnswerLine, marker: Marker): void {
    const { named, at } = pathForMarker()
    let from = at ?? line.start
    if (ending !== undefined) {
      from = Math.min(from, ending.at)
      flushEnding()
    }
    if (fence?.use === 'none') {
      const near = fence.lines <= linesAboveMarker
      fence.use = near ? 'owned' : 'chat'
      if (near) from = Math.min(from, fence.at)
      if (
        near &&
        recent.some(
          ({ line: above, place }) => place === 'inside' && above.text.trim() !== '' && pathAlone(above.text) === undefined,
        )
      )
        tolerate('text_before_marker')
    }
    countMarker(marker)
    start('search_replace', from, named, line)
    mode = 'search'
    recent = []
    undecided = []
  }

  function countMarker(marker: Marker): void {
    if (marker.length !== 7) tolerate('marker_length')
    if (marker.bracket) tolerate('search_marker_bracket')
    if (marker.trailingSpace) tolerate('marker_trailing_space')
  }

  function chatLine(line: AnswerLine): void {
    const marker = readMarker(line.text)
    if (marker?.kind === 'search') return startSearchReplace(line, marker)
    if (fence !== undefined) {
      if (closesFence(line.text, fence)) return closeFence(line)
      const forgotten = fence.use === 'owned' && (readOpeningFence(line.text)?.info ?? '') !== ''
      if (line.text.trim() !== '') {
        if (ending !== undefined && !forgotten && pathAlone(line.text) === undefined) tolerate('text_after_block')
        flushEnding()
      }
      if (!forgotten) {
        fence.lines += 1
        return remember(line, 'inside')
      }
      tolerate('missing_fence')
      fence = undefined
    }
    const opening = readOpeningFence(line.text)
    if (opening === undefined) return remember(line, 'outside')
    const above = recent.at(-1)?.line.text.trim() === '' ? recent.at(-2) : recent.at(-1)
    const before = above === undefined || above.place === 'fence' ? undefined : pathAlone(above.line.text)
    const named = before ?? pathInInfoString(opening.info)
    fence = { ...opening, at: before && above ? above.line.start : line.start, named, lines: 0, use: 'none' }
    remember(line, 'fence')
    if (named !== undefined) mode = 'opening'
  }

  function closeFence(line: AnswerLine): void {
    flushEnding(line.end)
    fence = undefined
    recent = []
  }

  /** A fence with a path: the first lines tell whether it holds search/replace blocks or the whole file. */
  function openingLine(line: AnswerLine): void {
    if (fence === undefined) return
    const marker = readMarker(line.text)
    if (marker?.kind === 'search') return startSearchReplace(line, marker)
    if (closesFence(line.text, fence)) {
      startWholeFile(line)
      return wholeLine(line)
    }
    undecided.push(line)
    fence.lines += 1
    remember(line, 'inside')
    if (undecided.length === linesAboveMarker) startWholeFile(line)
  }

  function startWholeFile(line: AnswerLine): void {
    if (fence === undefined) return
    fence.use = 'owned'
    const block = start('whole_file', fence.at, fence.named, line)
    if (/^(?:diff|patch)\b/i.test(fence.info) && !/\.(?:diff|patch)$/i.test(block.path)) malformed('diff_in_fence', line)
    mode = 'whole'
    const lines = undecided
    undecided = []
    recent = []
    for (const held of lines) wholeLine(held)
  }

  function wholeLine(line: AnswerLine): void {
    if (open === undefined || fence === undefined) return
    if (closesFence(line.text, fence)) {
      if (open.depth === 0) {
        finish('complete', line.end)
        return closeFence(line)
      }
      open.depth -= 1
    } else if (markdown.test(open.path) && opensInside(line.text, fence)) {
      open.depth += 1
      tolerate('nested_fence')
    }
    const marker = readMarker(line.text)
    if (marker?.kind === 'search') open.seen = true
    if (marker?.kind === 'replace' && !open.seen) {
      open.seen = true
      malformed('missing_search_marker', line)
    }
    if (!open.elided && isElision(line.text, open.path)) open.elided = true
    replaceLine(line)
  }

  function searchLine(line: AnswerLine): void {
    if (open === undefined) return
    const marker = readMarker(line.text)
    if (marker?.kind === 'divider') {
      countMarker(marker)
      emit({ type: 'searchEnd', block: open.block })
      mode = 'replace'
      recent = []
      return
    }
    if (marker !== undefined) return endBroken('missing_divider', line, marker)
    remember(line, 'inside')
    emit({ type: 'searchLine', block: open.block, text: line.text })
  }

  function replacePartLine(line: AnswerLine): void {
    if (open === undefined) return
    const marker = readMarker(line.text)
    if (marker?.kind === 'search') return endBroken('missing_replace_marker', line, marker)
    const endsFence = fence?.use === 'owned' && closesFence(line.text, fence)
    if (marker?.kind !== 'replace' && (endsFence || (open.held.length > 0 && line.text.trim() === ''))) {
      if (endsFence) releaseHeld(open)
      open.held.push(line)
      return remember(line, 'inside')
    }
    releaseHeld(open)
    if (marker?.kind === 'replace') {
      countMarker(marker)
      return finish('complete', line.end)
    }
    remember(line, 'inside')
    replaceLine(line)
  }

  function releaseHeld(block: OpenBlock): void {
    if (block.held.length > 0) block.seen = true
    for (const held of block.held.splice(0)) replaceLine(held)
  }

  /** A marker where it cannot stand: the block is rolled back, and a search marker begins the next one. */
  function endBroken(code: MalformedCode, line: AnswerLine, marker: Marker): void {
    malformed(code, line)
    if (marker.kind !== 'search') return finish('aborted', line.end)
    const above = recent
    finish('aborted', line.start)
    recent = above
    startSearchReplace(line, marker)
  }

  return {
    line(line) {
      if (line.carriageReturn) tolerate('carriage_return')
      if (mode === 'chat') chatLine(line)
      else if (mode === 'opening') openingLine(line)
      else if (mode === 'whole') wholeLine(line)
      else if (mode === 'search') searchLine(line)
      else replacePartLine(line)
    },
    abort(code, line) {
      if (mode === 'opening') startWholeFile(line)
      if (open === undefined && code === 'line_too_long') return
      malformed(code, line)
      finish('aborted', line.start)
      if (code === 'answer_too_long') flushEnding()
    },
    end(complete, line) {
      if (mode === 'opening') startWholeFile(line)
      if (open !== undefined) {
        const held = open.held[0]
        const tolerated = complete && mode === 'replace' && !open.seen
        if (tolerated) tolerate('missing_replace_marker')
        else if (complete)
          malformed(mode === 'whole' ? 'missing_fence' : mode === 'search' ? 'missing_divider' : 'missing_replace_marker', line)
        finish(tolerated ? 'complete' : 'aborted', tolerated && held ? held.end : line.end)
      }
      flushEnding()
    },
  }
}
