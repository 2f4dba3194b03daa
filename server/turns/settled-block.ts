import { mergeIntoLive } from '#edits/merge-into-live.ts'
import { successiveEdits } from '#edits/minimal-edit.ts'
import { changedRegions } from '#edits/regions.ts'
import type { Located } from '#edits/resolve.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { StoredHunkEvent } from '#store/store.ts'
import { positionsAround, type HunkRecord } from './hunk-record.ts'
import { writeMerge } from './merged-hunk.ts'
import type { TouchedDocument } from './touched-document.ts'

/**
 * Puts a finished block in its place: one hunk per region that really changes, each written as the smallest edit. A region that somebody
 * else has changed is merged line by line; where both changed the same lines it becomes a proposal of its own. Returns where the block
 * ends in the expected text, and the first of such proposals.
 */
export function writeSettledBlock(
  document: TouchedDocument,
  place: Pick<Located, 'start' | 'end' | 'newText'>,
  newHunk: () => HunkRecord,
  events: StoredHunkEvent[],
): { end: number; conflict: Hunk | undefined } {
  const { basis } = document
  const oldText = basis.expectedText.slice(place.start, place.end)
  let shift = place.start
  let conflict: Hunk | undefined
  for (const region of changedRegions(oldText, place.newText)) {
    const baseText = oldText.slice(region.oldStart, region.oldEnd)
    const newText = place.newText.slice(region.newStart, region.newEnd)
    const range = { start: region.oldStart + shift, end: region.oldEnd + shift }
    const isLineStart = basis.expectedText[range.start - 1] === '\n'
    const record = newHunk()
    if (basis.toLive(range) === 'overlaps') {
      const merge = mergeIntoLive(basis, document.text.toString(), range, newText)
      events.push(...writeMerge(document, record, merge))
      if (merge.kind === 'conflict') {
        conflict ??= record.hunk
        continue
      }
    } else {
      const live = writeRegion(document, record, range.start, baseText, newText)
      const around = positionsAround(document.text, live.start, live.end)
      // The line feed that goes with a last line that had none ends the line above it, which stays.
      const isFeedOfLineAbove = range.start > 0 && baseText !== '' && !isLineStart
      const lines = { addedLines: region.newLines, deletedLines: region.oldLines - (isFeedOfLineAbove ? 1 : 0) }
      events.push(record.changed({ state: 'settled', ...around, baseText, ...lines }))
    }
    shift += newText.length - baseText.length
  }
  return { end: shift + oldText.length, conflict }
}

function writeRegion(document: TouchedDocument, record: HunkRecord, start: number, oldText: string, newText: string) {
  let live = { start: 0, end: 0 }
  for (const edit of successiveEdits(oldText, newText, start)) {
    live = document.replace(record, edit.start, edit.end, edit.text)
  }
  const written = document.basis.toLive({ start, end: start + newText.length })
  return written === 'overlaps' ? live : written
}
