import type { Hunk } from '#protocol/hunks.ts'
import type { PlaceReader } from '#review/changes.ts'
import { TextPlaces } from '#editor/hunk-place.ts'
import * as Y from 'yjs'

/** The 1-based line on which a hunk starts in its document, or undefined while its place is not known there. */
export function hunkLine(hunk: Hunk, doc: Y.Doc): number | undefined {
  const start = hunk.start && indexOf(hunk.start, doc)
  return start === undefined ? undefined : lineAt(doc, start)
}

/** The lines (1-based, inclusive) of a place in which a proposal could go. */
export function candidateLines(hunk: Hunk, candidate: number, doc: Y.Doc): { from: number; to: number } | undefined {
  const place = hunk.candidates?.[candidate]
  const start = place && indexOf(place.start, doc)
  const end = place && indexOf(place.end, doc)
  if (start === undefined || end === undefined) return undefined
  const from = lineAt(doc, start)
  return { from, to: Math.max(from, lineAt(doc, Math.max(start, end - 1))) }
}

/** Where the hunks of a document begin: one walk through it serves them all. */
export function placeReader(text: Y.Text): PlaceReader {
  const places = new TextPlaces(text)
  const whole = text.toString()
  const starts = [0, ...Array.from(whole.matchAll(/\n/g), ({ index }) => index + 1)]
  return (hunk) => {
    const start = places.of(hunk)?.start
    if (start === undefined) return undefined
    const line = lastAtMost(starts, start)
    const begin = starts[line] ?? 0
    const end = starts[line + 1] ?? whole.length + 1
    return { line: line + 1, text: whole.slice(begin, end - 1) }
  }
}

/** Index of the last of some ascending numbers that is not above `most`; the first is not. */
function lastAtMost(ascending: readonly number[], most: number): number {
  let low = 0
  let high = ascending.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((ascending[middle] ?? 0) <= most) low = middle
    else high = middle - 1
  }
  return low
}

function indexOf(position: Uint8Array, doc: Y.Doc): number | undefined {
  return Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), doc, false)?.index
}

function lineAt(doc: Y.Doc, index: number): number {
  return doc.getText('text').toString().slice(0, index).split('\n').length
}
