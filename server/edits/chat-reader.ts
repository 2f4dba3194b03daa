import { closesFence, readOpeningFence } from './fences.ts'
import type { AnswerLine } from './line-reader.ts'
import { linesAboveMarker } from './lines-above.ts'
import { readMarker, type Marker } from './markers.ts'
import { pathAlone, pathInInfoString } from './named-path.ts'
import type { EditFormat } from './parser-events.ts'
import { opensHeredoc, readPatchStart } from './patch-lines.ts'
import type { PatchReader } from './patch-reader.ts'
import type { FormatReader, Reading } from './reading.ts'
import type { SearchReplaceReader } from './search-replace-reader.ts'
import type { WholeFileReader } from './whole-file-reader.ts'

const bareFence = { character: '`', length: 3 } as const
/** Files that hold patches: one that begins in their fence is their content. */
const patchFile = /\.(?:diff|patch)$/i

/** Reads what lies between the blocks, and finds out where one begins and in which format. */
export type ChatReader = {
  /** Returns the reader of the block that begins. */
  line(line: AnswerLine): FormatReader | undefined
  /** At an end: a fence with a path of which too little was read to tell its format is taken for a whole file. */
  decide(line: AnswerLine): FormatReader | undefined
}

type Readers = { searchReplace: SearchReplaceReader; wholeFile: WholeFileReader; patch: PatchReader }

/** `formats`: blocks of others are text. */
export function createChatReader(
  reading: Reading,
  { searchReplace, wholeFile, patch }: Readers,
  formats: readonly EditFormat[],
): ChatReader {
  const { tolerate, writer, above } = reading
  const takesSearchReplace = formats.includes('search_replace')
  const takesWholeFile = formats.includes('whole_file')
  const takesPatch = formats.includes('patch')
  /** First lines of a fence with a path, which tell what it holds; undefined elsewhere. */
  let undecided: AnswerLine[] | undefined

  function chatLine(line: AnswerLine): FormatReader | undefined {
    const marker = searchMarker(line)
    if (marker !== undefined && takesSearchReplace) return startSearchReplace(line, marker)
    const patchStart = takesPatch ? readPatchStart(line.text) : undefined
    if (patchStart === 'begin' || (patchStart === 'operation' && mayLackBegin())) return startPatch(line)
    if (reading.fence === undefined) outsideLine(line)
    else insideLine(line)
    return undefined
  }

  function searchMarker({ text }: AnswerLine): Marker | undefined {
    const marker = readMarker(text)
    return marker?.kind === 'search' ? marker : undefined
  }

  /** Only where a patch is likely: an example of one deep inside a fence stays an example. */
  function mayLackBegin(): boolean {
    return reading.fence === undefined || reading.fence.owned || isNearFence()
  }

  function isNearFence(): boolean {
    const { fence } = reading
    return fence !== undefined && (undecided !== undefined || (!fence.owned && fence.lines < linesAboveMarker))
  }

  function outsideLine(line: AnswerLine): void {
    // The end of a fence whose beginning was forgotten; taken for a beginning it would swallow the blocks after it.
    if (writer.heldAt() !== undefined && closesFence(line.text, bareFence)) {
      tolerate('missing_fence')
      return writer.settle(line.end)
    }
    writer.settle()
    textLine(line)
  }

  function insideLine(line: AnswerLine): void {
    const { fence } = reading
    if (fence === undefined) return
    const opening = fence.owned ? readOpeningFence(line.text) : undefined
    if (opening !== undefined && (opening.info !== '' || above.pathDirectlyAbove() !== undefined)) {
      tolerate('missing_fence')
      writer.settle()
      reading.fence = undefined
      return textLine(line)
    }
    if (closesFence(line.text, fence)) return reading.closeFence(line)
    if (line.text.trim() !== '') {
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
    reading.fence = { ...opening, at: path?.at ?? line.start, named, lines: 0, owned: false }
    above.add(line, 'fence')
    if (named !== undefined && takesWholeFile) undecided = []
  }

  function undecidedLine(line: AnswerLine, first: AnswerLine[]): FormatReader | undefined {
    const marker = searchMarker(line)
    if (marker !== undefined) return takesSearchReplace ? startSearchReplace(line, marker) : leaveAsText(line)
    const { fence } = reading
    const isContent = patchFile.test(fence?.named?.path ?? '') || !first.every(mayPrecedePatch)
    if (!isContent && readPatchStart(line.text) !== undefined) return takesPatch ? startPatch(line) : leaveAsText(line)
    if (fence !== undefined && closesFence(line.text, fence)) {
      const reader = startWholeFile(line)
      return reader.line(line) === 'open' ? reader : undefined
    }
    first.push(line)
    above.add(line, 'inside')
    return first.length === linesAboveMarker ? startWholeFile(line) : undefined
  }

  /** The fence holds a block of a format that is not taken, so it does not hold a file either. */
  function leaveAsText(line: AnswerLine): undefined {
    undecided = undefined
    insideLine(line)
  }

  function startSearchReplace(line: AnswerLine, marker: Marker): FormatReader {
    const isText = ({ text }: AnswerLine) => text.trim() !== '' && pathAlone(text) === undefined
    if (undecided?.some(isText) === true) tolerate('text_before_marker')
    searchReplace.start(line, marker, isNearFence())
    undecided = undefined
    return searchReplace
  }

  function startWholeFile(line: AnswerLine): FormatReader {
    const first = undecided ?? []
    undecided = undefined
    wholeFile.start(line, first)
    return wholeFile
  }

  function startPatch(line: AnswerLine): FormatReader {
    const before = above.last()
    const wrapped = before !== undefined && opensHeredoc(before.text)
    let at = wrapped ? before.start : (above.pathDirectlyAbove()?.at ?? line.start)
    at = writer.heldAt() ?? at
    if (isNearFence()) {
      tolerate('patch_in_fence')
      at = reading.ownFence(at)
    }
    undecided = undefined
    above.clear()
    patch.start(line, at, wrapped)
    return patch
  }

  return {
    line: (line) => (undecided === undefined ? chatLine(line) : undecidedLine(line, undecided)),
    decide: (line) => (undecided === undefined ? undefined : startWholeFile(line)),
  }
}

function mayPrecedePatch({ text }: AnswerLine): boolean {
  return text.trim() === '' || opensHeredoc(text) || pathAlone(text) !== undefined
}
