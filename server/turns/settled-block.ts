import { editLines } from '#edits/line-edit.ts'
import { minimalEdits } from '#edits/minimal-edit.ts'
import { changedRegions } from '#edits/regions.ts'
import type { StoredHunkEvent } from '#store/store.ts'
import { positionsAround, type HunkRecord } from './hunk-record.ts'
import type { TouchedDocument } from './touched-document.ts'

/**
 * Puts a finished block in the place of a range of the expected text: one hunk per region that really changes, each written as the
 * smallest edit. A region that somebody else has changed becomes a proposal of its own.
 */
export function writeSettledBlock(
  document: TouchedDocument,
  place: { start: number; end: number; newLines: readonly string[] },
  newHunk: () => HunkRecord,
  events: StoredHunkEvent[],
): void {
  const edit = editLines(document.basis.expectedText, place.start, place.end, place.newLines)
  const oldText = document.basis.expectedText.slice(edit.start, edit.end)
  let shift = edit.start
  for (const region of changedRegions(oldText, edit.text)) {
    const baseText = oldText.slice(region.oldStart, region.oldEnd)
    const newText = edit.text.slice(region.newStart, region.newEnd)
    const start = region.oldStart + shift
    const record = newHunk()
    const lines = { addedLines: region.newLines, deletedLines: region.oldLines }
    if (document.basis.toLive({ start, end: start + baseText.length }) === 'overlaps') {
      const proposal = { state: 'conflict', reason: 'changed_meanwhile', baseText, proposedText: newText } as const
      events.push(record.changed({ ...proposal, ...lines }))
      continue
    }
    const live = writeRegion(document, record, start, baseText, newText)
    const around = positionsAround(document.text, live.start, live.end)
    events.push(record.changed({ state: 'settled', ...around, baseText, ...lines }))
    shift += newText.length - baseText.length
  }
}

function writeRegion(document: TouchedDocument, record: HunkRecord, start: number, oldText: string, newText: string) {
  let shift = start
  let live = { start: 0, end: 0 }
  for (const piece of minimalEdits(oldText, newText)) {
    live = document.replace(record, piece.start + shift, piece.end + shift, piece.text)
    shift += piece.text.length - (piece.end - piece.start)
  }
  const written = document.basis.toLive({ start, end: start + newText.length })
  return written === 'overlaps' ? live : written
}
