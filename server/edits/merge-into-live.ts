import type { FileBasis } from './file-basis.ts'
import { mergeLines } from './merge-lines.ts'
import type { Around, Range } from './offset-edit.ts'

/**
 * How a change of the expected text comes into a live text that others have changed in the same place. `expected` and `live`: what is to
 * stand at `place` in the two texts. `conflict`: nothing can be kept of both; `live` then has what the model wants where both changed the
 * same lines, for whoever decides to have it anyway.
 */
export type LiveMerge = {
  kind: 'clean' | 'conflict'
  place: Around
  ours: string
  base: string
  expected: string
  live: string
}

/** `newText` takes the place of a range of the expected text; `liveText` is the live text of this moment. */
export function mergeIntoLive(basis: FileBasis, liveText: string, range: Range, newText: string): LiveMerge {
  const place = basis.around(range)
  const { from, to } = place
  const base = basis.expectedText.slice(from.start, from.end)
  const expected = base.slice(0, range.start - from.start) + newText + base.slice(range.end - from.start)
  const ours = liveText.slice(to.start, to.end)
  const { kind, text } = mergeLines(base, ours, expected)
  return { kind, place, ours, base, expected, live: text }
}
