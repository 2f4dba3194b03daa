import * as Y from 'yjs'
import type { Hunk } from '#protocol/hunks.ts'
import type { IdRange, Restored } from './yjs-items.ts'

/** Text came back: what were the items of `from` are now those of `to`. */
export type Move = { from: IdRange; to: Restored }

type Positions = Partial<Pick<Hunk, 'start' | 'end' | 'candidates'>>

/** The positions of a hunk that were tied to text that is back: tied to it again. */
export function movedPositions(hunk: Positions, moves: readonly Move[]): Positions {
  const start = hunk.start && moved(hunk.start, moves)
  const end = hunk.end && moved(hunk.end, moves)
  const candidates = hunk.candidates?.map((range) => ({
    start: moved(range.start, moves) ?? range.start,
    end: moved(range.end, moves) ?? range.end,
  }))
  const areCandidatesMoved = candidates?.some(({ start, end }, i) => {
    const range = hunk.candidates?.[i]
    return start !== range?.start || end !== range.end
  })
  return {
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(candidates !== undefined && areCandidatesMoved === true && { candidates }),
  }
}

/** Undefined where the position is not tied to text that came back. */
function moved(position: Uint8Array, moves: readonly Move[]): Uint8Array | undefined {
  const { item, assoc } = Y.decodeRelativePosition(position)
  let id = item
  for (const { from, to } of moves) {
    if (id?.client !== from.clientId || id.clock < from.clock || id.clock >= from.clock + from.length) continue
    id = Y.createID(to.clientId, to.clock + id.clock - from.clock)
  }
  return id === item ? undefined : Y.encodeRelativePosition(new Y.RelativePosition(null, null, id, assoc))
}
