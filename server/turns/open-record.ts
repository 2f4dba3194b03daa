import type { Hunk } from '#protocol/hunks.ts'
import type { HunkReversal, StoredHunk } from '#store/store.ts'
import { movedPositions, type Move } from './moved-positions.ts'
import { pieceOf, runOf } from './reversal.ts'
import type { IdRange, LiveRun } from './yjs-items.ts'

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

/** A record while the hunks of its document are reversed. `kept`: deleted text that it could bring back. */
export type Side = { ranges: IdRange[]; kept: LiveRun[] }

export class OpenRecord {
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

  /** Ids of all text that this record is about. */
  get touched(): IdRange[] {
    return [this.written, ...(this.takenBack === undefined ? [] : [this.takenBack])].flatMap(({ ranges, kept }) => [
      ...ranges,
      ...kept,
    ])
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

function sideOf({ inserted, deleted }: HunkReversal): Side {
  return { ranges: [...inserted], kept: deleted.map(runOf) }
}

function reversalOf({ ranges, kept }: Side): HunkReversal {
  return { inserted: ranges, deleted: kept.map(pieceOf) }
}
