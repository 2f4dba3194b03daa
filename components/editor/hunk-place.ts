import * as Y from 'yjs'
import type { Hunk } from '#protocol/hunks.ts'

const decoded = new WeakMap<Uint8Array, Y.RelativePosition>()

/**
 * Where encoded positions are in a document at one moment, in UTF-16 units. Yjs walks to the text's beginning for every position;
 * here one walk serves them all, which is what makes hundreds of hunks in a long edited file affordable in every frame. What this tab
 * deleted and took back by its own undo is new text here too, as it is for everybody else and for the server that decides on a hunk.
 */
export class TextPlaces {
  private readonly text: Y.Text
  private starts: Map<Y.Item, number> | undefined

  constructor(text: Y.Text) {
    this.text = text
  }

  /** Undefined while the document lacks what the position refers to. */
  offsetOf(encoded: Uint8Array): number | undefined {
    const { doc } = this.text
    if (doc === null) return undefined
    const position = decodedOnce(encoded)
    if (position.item === null) {
      const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc, false)
      return absolute?.type === this.text ? absolute.index : undefined
    }
    if (Y.getState(doc.store, position.item.client) <= position.item.clock) return undefined
    const item = Y.getItem(doc.store, position.item)
    const start = item instanceof Y.Item ? this.startOf(item) : undefined
    if (start === undefined) return undefined
    return item.deleted ? start : start + position.item.clock - item.id.clock + (position.assoc < 0 ? 1 : 0)
  }

  /** The range of a hunk's text. */
  of({ start, end }: Hunk): { start: number; end: number } | undefined {
    if (start === undefined || end === undefined) return undefined
    const one = this.offsetOf(start)
    const other = this.offsetOf(end)
    if (one === undefined || other === undefined) return undefined
    return { start: Math.min(one, other), end: Math.max(one, other) }
  }

  private startOf(wanted: Y.Item): number | undefined {
    if (this.starts === undefined) {
      this.starts = new Map()
      let offset = 0
      for (let item = this.text._start; item !== null; item = item.right) {
        this.starts.set(item, offset)
        if (!item.deleted && item.countable) offset += item.length
      }
    }
    return this.starts.get(wanted)
  }
}

function decodedOnce(encoded: Uint8Array): Y.RelativePosition {
  const known = decoded.get(encoded)
  if (known !== undefined) return known
  const position = Y.decodeRelativePosition(encoded)
  decoded.set(encoded, position)
  return position
}
