import { closesFence } from './fences.ts'
import type { AnswerLine } from './line-reader.ts'
import { readMarker, type Marker } from './markers.ts'
import type { MalformedCode } from './parser-events.ts'
import type { FormatReader, LineOutcome, Reading } from './reading.ts'

export type SearchReplaceReader = FormatReader & {
  /** `nearFence`: the open fence is the block's, which begins in one of its first lines. */
  start(line: AnswerLine, marker: Marker, nearFence: boolean): void
}

export function createSearchReplaceReader(reading: Reading): SearchReplaceReader {
  const { tolerate, writer, above } = reading
  let part: 'search' | 'replace' = 'search'
  /** Replace part: what may be the fence's end, and blank lines after it, until the next line tells. */
  let held: AnswerLine[] = []
  let fenceEndInReplace = false

  function start(line: AnswerLine, marker: Marker, nearFence: boolean): void {
    const { fence } = reading
    const path = above.pathAboveMarker()
    const last = writer.lastPath()
    let named = path?.named ?? (fence?.owned === false ? fence.named : undefined)
    if (named === undefined && last !== undefined) named = { ...last, tolerances: fence?.owned ? [] : ['previous_path'] }
    let at = path?.at ?? line.start
    if (writer.isOpen()) reading.finish('aborted', at)
    at = writer.heldAt() ?? at
    if (nearFence) at = reading.ownFence(at)
    countMarker(marker)
    writer.start({ format: 'search_replace', at, named }, line)
    above.clear()
    held = []
    part = 'search'
  }

  function countMarker(marker: Marker): void {
    if (marker.length !== 7) tolerate('marker_length')
    if (marker.bracket) tolerate('search_marker_bracket')
    if (marker.trailingSpace) tolerate('marker_trailing_space')
  }

  function searchLine(line: AnswerLine): LineOutcome {
    const marker = readMarker(line.text)
    if (marker?.kind === 'divider') {
      countMarker(marker)
      above.clear()
      fenceEndInReplace = false
      part = 'replace'
      writer.searchEnd()
      return 'open'
    }
    if (marker !== undefined) return endBroken('missing_divider', line, marker)
    above.add(line, 'inside')
    writer.searchLine(line.text)
    return 'open'
  }

  function replaceLine(line: AnswerLine): LineOutcome {
    const marker = readMarker(line.text)
    if (marker?.kind === 'search') return endBroken('missing_replace_marker', line, marker)
    const endsFence = reading.fence?.owned === true && closesFence(line.text, reading.fence)
    if (held.length > 0 && line.text.trim() !== '') releaseHeld()
    if (marker?.kind === 'replace') {
      countMarker(marker)
      reading.finish('complete', line.end)
      return 'over'
    }
    above.add(line, 'inside')
    if (endsFence || held.length > 0) held.push(line)
    else writer.replaceLine(line.text)
    return 'open'
  }

  function releaseHeld(): void {
    fenceEndInReplace = true
    for (const line of held) writer.replaceLine(line.text)
    held = []
  }

  /** A marker where it cannot stand: the block is rolled back, and a search marker begins the next one. */
  function endBroken(code: MalformedCode, line: AnswerLine, marker: Marker): LineOutcome {
    writer.malformed(code, line)
    if (marker.kind === 'search') {
      start(line, marker, false)
      return 'open'
    }
    reading.finish('aborted', line.end)
    return 'over'
  }

  return {
    start,
    line: (line) => (part === 'search' ? searchLine(line) : replaceLine(line)),
    end(complete, line) {
      const [fenceEnd] = held
      if (complete && part === 'replace' && !fenceEndInReplace) {
        tolerate('missing_replace_marker')
        return reading.finish('complete', fenceEnd?.end ?? line.end)
      }
      if (complete) writer.malformed(part === 'search' ? 'missing_divider' : 'missing_replace_marker', line)
      reading.finish('aborted', line.end)
    },
  }
}
