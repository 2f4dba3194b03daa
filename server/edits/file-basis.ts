import type { MatchRung } from '#protocol/hunks.ts'
import { match, type Match } from './match.ts'
import { createOffsetEdit, type Range } from './offset-edit.ts'
import { createTextIndex, type TextIndex } from './text-index.ts'

/**
 * Where a block's old lines are. Offsets in UTF-16 units, whole lines as `match` returns them, in the expected text and in the live
 * text of this moment; both ranges hold exactly `oldText`. `newLines` as in `Match`: instead of the block's own, after a retry.
 *
 * `conflict`: they stand once in a text that the model knows, but somebody else (`others`) or an earlier hunk of the turn (`turn`)
 * has changed that range since. `ambiguous`: 1-based lines in that text.
 */
export type Location =
  | {
      kind: 'located'
      in: 'basis' | 'expected'
      expectedStart: number
      expectedEnd: number
      liveStart: number
      liveEnd: number
      oldText: string
      rung: MatchRung
      newLines?: readonly string[]
    }
  | { kind: 'unmatched' }
  | { kind: 'ambiguous'; in: 'basis' | 'expected'; lines: number[] }
  | { kind: 'conflict'; changedBy: 'others' | 'turn'; oldText: string; rung: MatchRung; newLines?: readonly string[] }

/**
 * One file during one turn: the text that the model saw (basis), that text with the turn's own hunks (expected), and, through
 * offsets only, the live text in which everybody else writes as well.
 */
export type FileBasis = {
  readonly basisText: string
  /** Basis plus everything the assistant applied; what `expectedStart` and `expectedEnd` count in. */
  readonly expectedText: string
  /**
   * Finds old lines in the basis, else in the expected text, never in the live text. Without `newLines` it is strict, for use while the
   * block still streams; with those of a finished block it also tries the retries of `match`. An empty search is the end of
   * the expected text.
   */
  locate(oldLines: readonly string[], newLines?: readonly string[]): Location
  /** Where a range of the expected text is in the live text, unless somebody else changed it. */
  toLive(expected: Range): Range | 'overlaps'
  /**
   * The assistant replaced this range of the expected text, and what it maps to in the live text, by `text`. Throws a RangeError when
   * somebody else's edit overlaps the range. Returns the range it had in the live text.
   */
  recordOwnEdit(expectedStart: number, expectedEnd: number, text: string): Range
  /** Anybody else replaced this range of the live text; a reject counts as somebody else's edit. */
  recordForeignEdit(liveStart: number, liveEnd: number, insertedLength: number): void
}

export function createFileBasis(basisText: string): FileBasis {
  const basisToExpected = createOffsetEdit()
  const expectedToLive = createOffsetEdit()
  let basisIndex: TextIndex | undefined
  let expectedIndex: TextIndex | undefined
  let expectedText = basisText

  function inBasis(): TextIndex {
    basisIndex ??= createTextIndex(basisText)
    return basisIndex
  }

  function inExpected(): TextIndex {
    if (expectedText === basisText) return inBasis()
    if (expectedIndex?.text !== expectedText) expectedIndex = createTextIndex(expectedText)
    return expectedIndex
  }

  function wasReplaced(range: Range): boolean {
    return basisToExpected.map(range) === 'overlaps'
  }

  function locateInExpected(found: Match): Location {
    if (found.kind === 'none') return { kind: 'unmatched' }
    if (found.kind === 'several') return { kind: 'ambiguous', in: 'expected', lines: found.lines }
    return locateOne(found, 'expected', found)
  }

  function locateOne(found: Match & { kind: 'one' }, where: 'basis' | 'expected', expected: Range): Location {
    const { rung } = found
    const replacement = found.newLines === undefined ? {} : { newLines: found.newLines }
    const oldText = expectedText.slice(expected.start, expected.end)
    const live = expectedToLive.map(expected)
    if (live === 'overlaps') return { kind: 'conflict', changedBy: 'others', oldText, rung, ...replacement }
    return {
      kind: 'located',
      in: where,
      expectedStart: expected.start,
      expectedEnd: expected.end,
      liveStart: live.start,
      liveEnd: live.end,
      oldText,
      rung,
      ...replacement,
    }
  }

  return {
    basisText,
    get expectedText() {
      return expectedText
    },
    locate(oldLines, newLines) {
      const found = match(inBasis(), oldLines, newLines)
      if (found.kind === 'none') return locateInExpected(match(inExpected(), oldLines, newLines))
      if (found.kind === 'several') {
        // One of them may be what an earlier hunk has replaced: what is left of them is then unique where the model left off.
        const expected = found.ranges.some(wasReplaced) ? match(inExpected(), oldLines, newLines) : found
        return expected.kind === 'one' ? locateInExpected(expected) : { kind: 'ambiguous', in: 'basis', lines: found.lines }
      }
      if (found.start === found.end) return locateInExpected(match(inExpected(), oldLines, newLines))
      const expected = basisToExpected.map(found)
      if (expected !== 'overlaps') return locateOne(found, 'basis', expected)
      const again = locateInExpected(match(inExpected(), oldLines, newLines))
      if (again.kind !== 'unmatched') return again
      const oldText = basisText.slice(found.start, found.end)
      return { kind: 'conflict', changedBy: 'turn', oldText, rung: found.rung }
    },
    toLive: (expected) => expectedToLive.map(expected),
    recordOwnEdit(expectedStart, expectedEnd, text) {
      const live = expectedToLive.replaceBoth(expectedStart, expectedEnd, text.length)
      basisToExpected.replaceTo(expectedStart, expectedEnd, text.length)
      expectedText = expectedText.slice(0, expectedStart) + text + expectedText.slice(expectedEnd)
      return live
    },
    recordForeignEdit(liveStart, liveEnd, insertedLength) {
      expectedToLive.replaceTo(liveStart, liveEnd, insertedLength)
    },
  }
}
