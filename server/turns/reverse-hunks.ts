import type * as Y from 'yjs'
import type { Move } from './moved-positions.ts'
import { Neighbours } from './neighbours.ts'
import { OpenRecord, type ChangedRecord, type ReversibleHunk, type Side } from './open-record.ts'
import { addRange } from './reversal.ts'
import { clip, deleteRange, overlapsAny, restoreAt } from './yjs-items.ts'

/**
 * Takes hunks back, or brings hunks that were taken back in again: what a hunk has deleted stands again at its old place, what it has
 * inserted is deleted wherever it still lives, and text that people wrote inside stays. Works from the stored records alone and in any
 * order. Runs inside a transaction.
 *
 * Text is away as long as one record still keeps it away: that of a hunk that deleted it, or of one that had inserted it and was taken
 * back. A record that lets go of such text leaves it to the others. Text that comes back belongs to every hunk it belonged to, and
 * positions that were tied to it are tied to it again. `others` are the hunks of the document; the result holds every record that
 * changed, by hunk id.
 */
export function reverseHunks(
  transaction: Y.Transaction,
  text: Y.Text,
  hunks: readonly ReversibleHunk[],
  others: readonly ReversibleHunk[],
): Map<string, ChangedRecord> {
  const reversing = new Set(hunks.map(({ hunkId }) => hunkId))
  const records = [...hunks, ...others.filter(({ hunkId }) => !reversing.has(hunkId))].map((hunk) => new OpenRecord(hunk))
  const neighbours = new Neighbours<OpenRecord>()
  for (const record of records) neighbours.add(record, record.touched)
  const moves: Move[] = []
  const turning = records.slice(0, hunks.length)
  // The order spares text from coming back only to be taken away again.
  for (const record of [...turning.filter(({ isAway }) => !isAway), ...turning.filter(({ isAway }) => isAway).toReversed()]) {
    moves.push(...turnOver(transaction, text, record, neighbours))
  }
  return new Map(
    records.flatMap((record) => {
      const change = record.change(moves)
      return change === undefined ? [] : [[record.hunkId, change] as const]
    }),
  )
}

function turnOver(transaction: Y.Transaction, text: Y.Text, record: OpenRecord, neighbours: Neighbours<OpenRecord>): Move[] {
  const others = neighbours.of(record, record.touched)
  const { ranges, kept } = record.current
  const next: Side = { ranges: [], kept: [] }
  const moves: Move[] = []
  const hidden = others.flatMap(({ hides }) => hides)
  for (const run of kept) {
    for (const { clientId, clock, length } of clip(run, hidden, true)) addRange(next.ranges, { clientId, clock, length })
    for (const part of clip(run, hidden, false)) {
      for (const to of restoreAt(transaction, text, part)) {
        const { clientId, clock, length } = to
        addRange(next.ranges, { clientId, clock, length })
        const move = { from: { clientId: part.clientId, clock: to.of, length }, to }
        for (const other of others) if (giveBack(other, move)) neighbours.add(other, [to])
        moves.push(move)
      }
    }
  }
  for (const range of ranges) next.kept.push(...deleteRange(transaction, text, range))
  for (const run of others.flatMap(({ current }) => current.kept)) {
    // What another record keeps away too: whoever lets go last brings it back.
    if (!overlapsAny(run, ranges)) continue
    for (const part of clip(run, ranges, true)) next.kept.push(...clip(part, next.kept, false))
  }
  if (record.isAway) {
    record.written = next
    record.takenBack = undefined
  } else {
    record.takenBack = next
  }
  record.dirty.written ||= record.isAway
  record.dirty.takenBack = true
  record.isAway = !record.isAway
  neighbours.add(record, record.touched)
  return moves
}

/** Whether the text that came back is the record's. */
function giveBack(record: OpenRecord, { from, to }: Move): boolean {
  let isOwn = false
  for (const side of ['written', 'takenBack'] as const) {
    const ranges = record[side]?.ranges
    if (ranges === undefined || !overlapsAny(from, ranges)) continue
    for (const { clock, length } of clip({ ...from, text: '' }, ranges, true)) {
      addRange(ranges, { clientId: to.clientId, clock: to.clock + clock - from.clock, length })
    }
    record.dirty[side] = true
    isOwn = true
  }
  return isOwn
}
