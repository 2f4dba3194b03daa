import * as Y from 'yjs'
import type { Hunk } from '#protocol/hunks.ts'

const decoded = new WeakMap<Uint8Array, Y.RelativePosition>()

/** Where an encoded position is in a document now, in UTF-16 units; undefined while the document lacks what it refers to. */
export function offsetOf(encoded: Uint8Array, text: Y.Text): number | undefined {
  const { doc } = text
  if (doc === null) return undefined
  let position = decoded.get(encoded)
  if (position === undefined) {
    position = Y.decodeRelativePosition(encoded)
    decoded.set(encoded, position)
  }
  const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc)
  return absolute?.type === text ? absolute.index : undefined
}

/** The range of a hunk's text in its document now, in UTF-16 units. */
export function placeOf({ start, end }: Hunk, text: Y.Text): { start: number; end: number } | undefined {
  if (start === undefined || end === undefined) return undefined
  const one = offsetOf(start, text)
  const other = offsetOf(end, text)
  if (one === undefined || other === undefined) return undefined
  return { start: Math.min(one, other), end: Math.max(one, other) }
}
