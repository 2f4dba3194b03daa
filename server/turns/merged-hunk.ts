import { lineCount } from '#edits/lines.ts'
import type { LiveMerge } from '#edits/merge-into-live.ts'
import { changedRegions } from '#edits/regions.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { StoredHunkEvent } from '#store/store.ts'
import { positionsAround, type HunkRecord } from './hunk-record.ts'
import type { TouchedDocument } from './touched-document.ts'

/**
 * Writes what the assistant and other people changed in the same place: together where that is possible, else as a proposal. Returns the
 * record's event; none where people have already made the same change. Runs inside a transaction of the document.
 */
export function writeMerge(document: TouchedDocument, record: HunkRecord, merge: LiveMerge): StoredHunkEvent[] {
  if (merge.kind === 'conflict') return [record.changed(conflictOf(document, merge))]
  document.merge(record, merge)
  const shape = mergedShape(document, merge)
  return shape === undefined ? [] : [record.changed({ state: 'settled', merged: true, ...shape })]
}

type Shape = Pick<Hunk, 'baseText' | 'addedLines' | 'deletedLines'> & { start: Uint8Array; end: Uint8Array }

/**
 * From the first line that the merge changes, or from where it begins, to the last one that it changes. Undefined where it changes none.
 * Right after the merge was written.
 */
export function mergedShape(
  document: TouchedDocument,
  { place, ours, live }: LiveMerge,
  from: 'change' | 'place' = 'change',
): Shape | undefined {
  const regions = changedRegions(ours, live)
  const first = regions[0]
  const last = regions.at(-1)
  if (first === undefined || last === undefined) return undefined
  const { start } = place.to
  const { oldStart, newStart } = from === 'change' ? first : { oldStart: 0, newStart: 0 }
  return {
    ...positionsAround(document.text, start + newStart, start + last.newEnd),
    baseText: ours.slice(oldStart, last.oldEnd),
    addedLines: lineCount(live.slice(newStart, last.newEnd)),
    deletedLines: lineCount(ours.slice(oldStart, last.oldEnd)),
  }
}

/** What cannot be merged, with the place where it could go all the same. */
function conflictOf(
  document: TouchedDocument,
  { place, base, live }: LiveMerge,
): Pick<Hunk, 'state' | 'reason' | 'baseText' | 'proposedText' | 'candidates' | 'addedLines' | 'deletedLines'> {
  return {
    state: 'conflict',
    reason: 'changed_meanwhile',
    baseText: base,
    proposedText: live,
    candidates: [positionsAround(document.text, place.to.start, place.to.end)],
    addedLines: lineCount(live),
    deletedLines: lineCount(base),
  }
}
