import type { TextEdit } from './minimal-edit.ts'

/** A range in UTF-16 units, end exclusive. */
export type Range = { start: number; end: number }

/** Both texts of a range that no replacement cuts. */
export type Around = { from: Range; to: Range }

/** `[fromStart, fromEnd)` of the source became `[toStart, toEnd)` of the target; everything between replacements is kept. */
type Replacement = { fromStart: number; fromEnd: number; toStart: number; toEnd: number }

/**
 * How a text `from` became a text `to`: an ordered list of replacements, none touching the next. Knows offsets only, not the texts.
 *
 * An insertion exactly at an edge of a range does not overlap it: the mapped range leaves it outside on that side. For an empty range
 * "at an edge" means: it follows an insertion at its place, it follows text that was replaced up to it, and it precedes text that was
 * replaced from it on. A range overlaps a replacement when they share a character of `from`, when an insertion lies strictly
 * inside the range, or when an empty range lies strictly inside replaced text.
 */
export type OffsetEdit = {
  /** `to[start, end)` was replaced by `length` units. */
  replaceTo(start: number, end: number, length: number): void
  /**
   * The same edit happened to both texts: `from[start, end)`, and what it maps to, was replaced by `length` units. Throws a RangeError
   * when the range overlaps a replacement. Returns the range it had in `to`.
   */
  replaceBoth(start: number, end: number, length: number): Range
  /** Where `from[range)` is in `to`, if all of it is kept there as one piece. */
  map(range: Range): Range | 'overlaps'
  /** The range, widened by every replacement that it overlaps, in both texts. */
  around(range: Range): Around
  /**
   * Both texts of a range that nothing cuts were written anew: `from` now has `length` units there, and `edits` (ascending, in
   * coordinates of the new piece of `from`) turn them into what `to` has.
   */
  rewrite(around: Around, length: number, edits: readonly TextEdit[]): void
}

export function createOffsetEdit(): OffsetEdit {
  const replacements: Replacement[] = []

  /** Index of the first replacement that does not end before `offset` on the given side. */
  function firstReaching(side: 'fromEnd' | 'toEnd', offset: number): number {
    let low = 0
    let high = replacements.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((replacements[middle]?.[side] ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  function shift(fromIndex: number, byFrom: number, byTo: number): void {
    for (let i = fromIndex; i < replacements.length; i += 1) {
      const replacement = replacements[i]
      if (replacement === undefined) continue
      replacement.fromStart += byFrom
      replacement.fromEnd += byFrom
      replacement.toStart += byTo
      replacement.toEnd += byTo
    }
  }

  /** After everything between two replacements was deleted they are one. */
  function joinAt(index: number): void {
    const left = replacements[index - 1]
    const right = replacements[index]
    if (left === undefined || right === undefined || left.toEnd !== right.toStart) return
    replacements.splice(index - 1, 2, { ...left, fromEnd: right.fromEnd, toEnd: right.toEnd })
  }

  function place({ start, end }: Range): { range: Range; next: number } | 'overlaps' {
    let next = firstReaching('fromEnd', start)
    // What ends at the range's start stays before it, so an insertion there is passed over.
    if (replacements[next]?.fromEnd === start) next += 1
    const following = replacements[next]
    if (following !== undefined && following.fromStart < end) return 'overlaps'
    const offset = shiftBefore(next)
    return { range: { start: start + offset, end: end + offset }, next }
  }

  function around({ start, end }: Range): Around & { first: number; next: number } {
    let next = firstReaching('fromEnd', start)
    if (replacements[next]?.fromEnd === start) next += 1
    const first = next
    const from = { start, end }
    for (let over = replacements[next]; over !== undefined && over.fromStart < from.end; over = replacements[next]) {
      from.start = Math.min(from.start, over.fromStart)
      from.end = Math.max(from.end, over.fromEnd)
      next += 1
    }
    const to = { start: from.start + shiftBefore(first), end: from.end + shiftBefore(next) }
    return { from, to, first, next }
  }

  function shiftBefore(index: number): number {
    const previous = replacements[index - 1]
    return previous === undefined ? 0 : previous.toEnd - previous.fromEnd
  }

  return {
    replaceTo(start, end, length) {
      const first = firstReaching('toEnd', start)
      let last = first
      while (last < replacements.length && (replacements[last]?.toStart ?? Infinity) <= end) last += 1
      const before = replacements[first - 1]
      const touched = replacements.slice(first, last)
      const offsetBefore = before === undefined ? 0 : before.fromEnd - before.toEnd
      const head = touched[0]
      const tail = touched.at(-1)
      const toStart = head === undefined ? start : Math.min(start, head.toStart)
      const fromStart = head === undefined || start < head.toStart ? start + offsetBefore : head.fromStart
      const toEnd = tail === undefined ? end : Math.max(end, tail.toEnd)
      const fromEnd =
        tail === undefined ? end + offsetBefore : end > tail.toEnd ? end - tail.toEnd + tail.fromEnd : tail.fromEnd
      const change = length - (end - start)
      shift(last, 0, change)
      const leavesNothing = fromStart === fromEnd && toStart === toEnd + change
      replacements.splice(
        first,
        last - first,
        ...(leavesNothing ? [] : [{ fromStart, fromEnd, toStart, toEnd: toEnd + change }]),
      )
    },
    replaceBoth(start, end, length) {
      const placed = place({ start, end })
      if (placed === 'overlaps') throw new RangeError(`${start}-${end} overlaps an edit of the target`)
      const change = length - (end - start)
      shift(placed.next, change, change)
      joinAt(placed.next)
      return placed.range
    },
    map(range) {
      const placed = place(range)
      return placed === 'overlaps' ? placed : placed.range
    },
    around(range) {
      const { from, to } = around(range)
      return { from, to }
    },
    rewrite({ from, to }, length, edits) {
      const { first, next } = around(from)
      let grown = 0
      const pieces = edits.map(({ start, end, text }) => {
        const toStart = to.start + start + grown
        grown += text.length - (end - start)
        const toEnd = toStart + text.length
        return { fromStart: from.start + start, fromEnd: from.start + end, toStart, toEnd }
      })
      shift(next, length - (from.end - from.start), length + grown - (to.end - to.start))
      replacements.splice(first, next - first, ...pieces)
      joinAt(first + pieces.length)
      joinAt(first)
    },
  }
}
