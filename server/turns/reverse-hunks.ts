import type * as Y from 'yjs'
import type { Hunk } from '#protocol/hunks.ts'
import type { HunkReversal, StoredHunk } from '#store/store.ts'
import { movedPositions, type Move } from './moved-positions.ts'
import { addRange, pieceOf, runOf } from './reversal.ts'
import { clip, deleteRange, overlapsAny, restoreAt, type IdRange, type LiveRun } from './yjs-items.ts'

/** A hunk with what is needed to take it back, or to bring it in again. */
export type ReversibleHunk = Pick<StoredHunk, 'hunkId' | 'state' | 'reversal' | 'undoing' | 'start' | 'end' | 'candidates'>

/** What of a hunk's record changed. */
export type ChangedRecord = Partial<Pick<Hunk, 'start' | 'end' | 'candidates'>> & {
  reversal?: HunkReversal
  undoing?: HunkReversal | null
}

const undone = new Set<StoredHunk['state']>(['rejected', 'aborted', 'reverted'])

/** Whether a hunk's text is no longer in its document. */
export function isUndone({ state }: Pick<StoredHunk, 'state'>): boolean {
  return undone.has(state)
}

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
  const moves: Move[] = []
  const turning = records.slice(0, hunks.length)
  // The order spares text from coming back only to be taken away again.
  for (const record of [...turning.filter(({ isAway }) => !isAway), ...turning.filter(({ isAway }) => isAway).toReversed()]) {
    moves.push(...turnOver(transaction, text, record, records))
  }
  return new Map(
    records.flatMap((record) => {
      const change = record.change(moves)
      return change === undefined ? [] : [[record.hunkId, change] as const]
    }),
  )
}

/** A record while the hunks of its document are reversed. `kept`: deleted text that it could bring back. */
type Side = { ranges: IdRange[]; kept: LiveRun[] }

class OpenRecord {
  readonly hunkId: string
  isAway: boolean
  written: Side
  takenBack: Side | undefined
  /** What has to be stored again. */
  readonly dirty = { written: false, takenBack: false }
  readonly #hunk: ReversibleHunk

  constructor(hunk: ReversibleHunk) {
    this.#hunk = hunk
    this.hunkId = hunk.hunkId
    this.isAway = isUndone(hunk)
    this.written = sideOf(hunk.reversal)
    this.takenBack = hunk.undoing && sideOf(hunk.undoing)
  }

  /** What is in force now. */
  get current(): Side {
    return this.isAway ? (this.takenBack ?? { ranges: [], kept: [] }) : this.written
  }

  /** Ids of text that this record keeps away. */
  get hides(): IdRange[] {
    return this.isAway ? [...this.current.kept, ...this.written.ranges] : this.current.kept
  }

  change(moves: readonly Move[]): ChangedRecord | undefined {
    const { dirty, written, takenBack } = this
    const change: ChangedRecord = {
      ...movedPositions(this.#hunk, moves),
      ...(dirty.written && { reversal: reversalOf(written) }),
      ...(dirty.takenBack && { undoing: takenBack === undefined ? null : reversalOf(takenBack) }),
    }
    return Object.keys(change).length === 0 ? undefined : change
  }
}

function turnOver(transaction: Y.Transaction, text: Y.Text, record: OpenRecord, records: readonly OpenRecord[]): Move[] {
  const others = records.filter((other) => other !== record)
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
        for (const other of others) giveBack(other, move)
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
  return moves
}

function giveBack(record: OpenRecord, { from, to }: Move): void {
  for (const side of ['written', 'takenBack'] as const) {
    const ranges = record[side]?.ranges
    if (ranges === undefined || !overlapsAny(from, ranges)) continue
    for (const { clock, length } of clip({ ...from, text: '' }, ranges, true)) {
      addRange(ranges, { clientId: to.clientId, clock: to.clock + clock - from.clock, length })
    }
    record.dirty[side] = true
  }
}

function sideOf({ inserted, deleted }: HunkReversal): Side {
  return { ranges: [...inserted], kept: deleted.map(runOf) }
}

function reversalOf({ ranges, kept }: Side): HunkReversal {
  return { inserted: ranges, deleted: kept.map(pieceOf) }
}
