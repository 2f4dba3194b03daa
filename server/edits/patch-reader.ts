import { closesFence, readOpeningFence } from './fences.ts'
import { isElision } from './elision.ts'
import type { AnswerLine } from './line-reader.ts'
import { readMarker } from './markers.ts'
import { pathInInfoString } from './named-path.ts'
import type { MalformedCode } from './parser-events.ts'
import { mayBeEnd, readAnchor, readPatchHeader, type Anchor, type PatchHeader } from './patch-lines.ts'
import { createPatchSections } from './patch-sections.ts'
import type { FormatReader, LineOutcome, Reading } from './reading.ts'

const [tab, space, plus, minus, star, atSign, letterE, backquote, tilde] = [9, 32, 43, 45, 42, 64, 69, 96, 126]

export type PatchReader = FormatReader & {
  /** Begins a patch whose first block begins at `at`, at its `Begin Patch` or its first header. `wrapped`: in a heredoc. */
  start(line: AnswerLine, at: number, wrapped: boolean): void
  /** The chunk in which a line is too long is broken, the rest of the patch is read on. */
  tooLong(line: AnswerLine): void
}

/**
 * Reads V4A patches. Markers count with spaces around them, but inside an update only with spaces behind: indented they are context.
 * What breaks a chunk reaches up to the next `@@`, header or block of another format.
 */
export function createPatchReader(reading: Reading): PatchReader {
  const { tolerate, writer, above } = reading
  const sections = createPatchSections(reading)
  /** What may be the patch's end, or blank lines that may be nothing, until the next line that is not blank tells. */
  let held: AnswerLine[] = []
  let heredoc = false
  let environment = false
  let isAtHeredocEnd = false

  function start(line: AnswerLine, at: number, wrapped: boolean): void {
    heredoc = wrapped
    if (wrapped) tolerate('heredoc')
    held = []
    environment = false
    isAtHeredocEnd = false
    sections.begin(at)
    const header = readPatchHeader(line.text.trim())
    if (header !== undefined && header.kind !== 'begin') {
      tolerate('missing_begin_patch')
      headerLine(line, header)
    } else if (line.text !== '*** Begin Patch') tolerate('padded_patch_marker')
  }

  function readLine(line: AnswerLine): LineOutcome {
    if (isAtHeredocEnd) {
      if (!line.text.trimEnd().endsWith('EOF')) return 'unread'
      writer.extend(line.end)
      return 'over'
    }
    const first = line.text.charCodeAt(0)
    if ((first === backquote || first === tilde) && reading.fence?.owned === true && closesFence(line.text, reading.fence)) {
      endWithoutMarker(line)
      return 'unread'
    }
    if (heredoc && first === letterE && line.text.trimEnd() === 'EOF') {
      endWithoutMarker(line)
      writer.extend(line.end)
      return 'over'
    }
    if (held.length > 0) {
      if (line.text.trim() === '') return hold(line)
      release(headerOf(line) !== undefined)
    }
    if (decidesLater(line.text)) return hold(line)
    const header = headerOf(line)
    if (header !== undefined) return headerLine(line, header)
    if (first === atSign && sections.isUpdate) {
      const anchor = readAnchor(line.text)
      if (anchor !== undefined) return anchorLine(line, anchor)
    }
    return contentLine(line)
  }

  function decidesLater(text: string): boolean {
    switch (sections.place) {
      case 'add':
        return text.startsWith('+') ? mayBeEnd(text) : text.trim() === ''
      case 'update':
      case 'anchors':
      case 'chunk':
      case 'end_of_file':
        return mayBeEnd(text)
      default:
        return false
    }
  }

  function hold(line: AnswerLine): LineOutcome {
    held.push(line)
    return 'open'
  }

  /** What was held is content after all; but blank lines between a new file and a header are nothing. */
  function release(isBeforeHeader: boolean): void {
    const last = sections.place === 'add' && isBeforeHeader ? held.findLastIndex(({ text }) => text.trim() !== '') : held.length
    const lines = held.slice(0, last + 1)
    held = []
    for (const line of lines) contentLine(line)
  }

  function headerOf({ text }: AnswerLine): PatchHeader | undefined {
    const first = text.charCodeAt(0)
    if (first === star) return readPatchHeader(text.trimEnd())
    return !sections.isUpdate && (first === space || first === tab) ? readPatchHeader(text.trim()) : undefined
  }

  function headerLine(line: AnswerLine, header: PatchHeader): LineOutcome {
    above.clear()
    if (header.kind !== 'unknown' && line.text !== line.text.trim()) tolerate('padded_patch_marker')
    switch (header.kind) {
      case 'begin':
        tolerate('missing_end_patch')
        sections.end(line, line.start)
        writer.settle()
        sections.begin(line.start)
        environment = false
        return 'open'
      case 'end':
        sections.end(line, line.end)
        isAtHeredocEnd = heredoc
        return heredoc ? 'open' : 'over'
      case 'end_of_file':
        if (sections.place === 'chunk') sections.endOfFile()
        else if (sections.place === 'anchors' || sections.place === 'update') sections.breakOff('chunk_without_lines', line)
        else sections.breakOff('line_out_of_place', line)
        return 'open'
      case 'environment':
        if (sections.place !== 'begun' || environment) sections.unknown(line)
        else tolerate('environment_id')
        environment = true
        return 'open'
      case 'unknown':
        sections.unknown(line)
        return 'open'
      case 'move':
        sections.move(line, header.named)
        return 'open'
      default:
        sections.section(header.kind, line, header.named)
        return 'open'
    }
  }

  function anchorLine(line: AnswerLine, { text, numbered }: Anchor): LineOutcome {
    above.clear()
    if (numbered) tolerate('anchor_numbers')
    sections.anchor(line, text)
    return 'open'
  }

  function contentLine(line: AnswerLine): LineOutcome {
    switch (sections.place) {
      case 'add':
        return addLine(line.text)
      case 'update':
        // Blank lines between a header and its first chunk are nothing.
        return line.text.trim() === '' ? 'open' : chunkLine(line)
      case 'anchors':
      case 'chunk':
        return chunkLine(line)
      case 'begun':
      case 'delete':
      case 'end_of_file':
        return line.text.trim() === '' ? 'open' : breakOff('line_out_of_place', line)
      case 'broken':
        return brokenLine(line)
    }
  }

  function addLine(text: string): LineOutcome {
    const isPrefixed = text.startsWith('+')
    if (!isPrefixed) tolerate('unprefixed_add_line')
    const content = isPrefixed ? text.slice(1) : text
    if (isElision(content, sections.path)) writer.elided()
    writer.replaceLine(content)
    return 'open'
  }

  function chunkLine(line: AnswerLine): LineOutcome {
    const { text } = line
    const prefix = text.charCodeAt(0)
    if (text !== '' && prefix !== space && prefix !== minus && prefix !== plus) return breakOff('unprefixed_line', line)
    sections.chunk(line)
    const content = text.slice(1)
    if (prefix === minus) writer.searchLine(content)
    else if (prefix === plus) writer.replaceLine(content)
    else writer.contextLine(content)
    return 'open'
  }

  function breakOff(code: MalformedCode, line: AnswerLine): LineOutcome {
    sections.breakOff(code, line)
    above.clear()
    return brokenLine(line)
  }

  /** Skips what cannot be read, up to where a block of another format begins. */
  function brokenLine(line: AnswerLine): LineOutcome {
    const isSearch = readMarker(line.text)?.kind === 'search'
    const fence = readOpeningFence(line.text)
    const path = fence && above.pathDirectlyAbove()
    const isFile = fence !== undefined && (path !== undefined || pathInInfoString(fence.info) !== undefined)
    if (isSearch || isFile) {
      tolerate('missing_end_patch')
      sections.end(line, (isSearch ? above.pathAboveMarker() : path)?.at ?? line.start)
      writer.settle()
      return 'unread'
    }
    above.add(line, 'inside')
    return 'open'
  }

  function endWithoutMarker(line: AnswerLine): void {
    const end = held.find(({ text }) => text.trim() !== '')
    if (end === undefined) tolerate('missing_end_patch')
    else tolerate(end.text.startsWith('+') ? 'added_end_patch' : 'padded_patch_marker')
    held = []
    sections.end(line, line.start)
    above.clear()
  }

  return {
    start,
    line: readLine,
    tooLong(line) {
      release(false)
      if (isAtHeredocEnd) return
      sections.breakOff('line_too_long', line)
      above.clear()
    },
    end(complete, line) {
      if (isAtHeredocEnd) return
      if (complete) endWithoutMarker(line)
      else sections.cutOff(line)
    },
  }
}
