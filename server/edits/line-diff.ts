import { diffArrays } from 'diff'

/** Lines `[oldStart, oldEnd)` became lines `[newStart, newEnd)`; 0-based. Either side may be empty, not both. */
export type LineChange = { oldStart: number; oldEnd: number; newStart: number; newEnd: number }

/** Edit distance up to which the exact diff runs; its time grows with the square of it. */
const mostEdits = 400

/**
 * What changed between two lists of lines, ascending, with at least one equal line between two changes. Minimal up to 400 edits;
 * beyond that, lines that occur once on both sides divide the text and each part is compared on its own.
 */
export function diffLines(oldLines: readonly string[], newLines: readonly string[]): LineChange[] {
  const changes: LineChange[] = []
  compare({ oldStart: 0, oldEnd: oldLines.length, newStart: 0, newEnd: newLines.length })
  return changes

  function compare(span: LineChange): void {
    let { oldStart, oldEnd, newStart, newEnd } = span
    while (oldStart < oldEnd && newStart < newEnd && oldLines[oldStart] === newLines[newStart]) {
      oldStart += 1
      newStart += 1
    }
    while (oldStart < oldEnd && newStart < newEnd && oldLines[oldEnd - 1] === newLines[newEnd - 1]) {
      oldEnd -= 1
      newEnd -= 1
    }
    const rest = { oldStart, oldEnd, newStart, newEnd }
    if (oldStart === oldEnd && newStart === newEnd) return
    if (oldStart === oldEnd || newStart === newEnd) return add(rest)
    const parts = diffArrays(oldLines.slice(oldStart, oldEnd), newLines.slice(newStart, newEnd), { maxEditLength: mostEdits })
    if (parts !== undefined) return addParts(rest, parts)
    const anchors = uniqueAnchors(oldLines, newLines, rest)
    if (anchors.length === 0) return add(rest)
    let before = { old: oldStart, new: newStart }
    for (const anchor of anchors) {
      compare({ oldStart: before.old, oldEnd: anchor.old, newStart: before.new, newEnd: anchor.new })
      before = { old: anchor.old + 1, new: anchor.new + 1 }
    }
    compare({ oldStart: before.old, oldEnd, newStart: before.new, newEnd })
  }

  function addParts(from: LineChange, parts: { added: boolean; removed: boolean; count: number }[]): void {
    let { oldStart, newStart } = from
    for (const { added, removed, count } of parts) {
      const oldEnd = added ? oldStart : oldStart + count
      const newEnd = removed ? newStart : newStart + count
      if (added || removed) add({ oldStart, oldEnd, newStart, newEnd })
      oldStart = oldEnd
      newStart = newEnd
    }
  }

  function add(change: LineChange): void {
    const last = changes.at(-1)
    if (last?.oldEnd !== change.oldStart) {
      changes.push(change)
      return
    }
    last.oldEnd = change.oldEnd
    last.newEnd = change.newEnd
  }
}

/** Lines that occur exactly once on both sides, reduced to the longest list that ascends on both. */
function uniqueAnchors(
  oldLines: readonly string[],
  newLines: readonly string[],
  span: LineChange,
): { old: number; new: number }[] {
  const places = new Map<string, { old: number; new: number; olds: number; news: number }>()
  for (let i = span.oldStart; i < span.oldEnd; i += 1) {
    const place = placeOf(oldLines[i] ?? '')
    place.old = i
    place.olds += 1
  }
  for (let i = span.newStart; i < span.newEnd; i += 1) {
    const place = placeOf(newLines[i] ?? '')
    place.new = i
    place.news += 1
  }
  return longestAscending([...places.values()].filter(({ olds, news }) => olds === 1 && news === 1))

  function placeOf(line: string) {
    let place = places.get(line)
    if (place === undefined) {
      place = { old: 0, new: 0, olds: 0, news: 0 }
      places.set(line, place)
    }
    return place
  }
}

/** Patience sorting on `new`; the input ascends in `old`, because a map keeps the order in which the old lines were met. */
function longestAscending(pairs: { old: number; new: number }[]): { old: number; new: number }[] {
  const tops: number[] = []
  const below: (number | undefined)[] = []
  pairs.forEach((pair, i) => {
    let low = 0
    let high = tops.length
    while (low < high) {
      const middle = (low + high) >> 1
      const top = pairs[tops[middle] ?? 0]
      if (top !== undefined && top.new < pair.new) low = middle + 1
      else high = middle
    }
    below[i] = tops[low - 1]
    tops[low] = i
  })
  const chain: { old: number; new: number }[] = []
  for (let i = tops.at(-1); i !== undefined; i = below[i]) {
    const pair = pairs[i]
    if (pair !== undefined) chain.push(pair)
  }
  return chain.toReversed()
}
