import type { Hunk } from '#protocol/hunks.ts'
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

function indexOf(position: Uint8Array, doc: Y.Doc): number | undefined {
  return Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), doc)?.index
}

function lineAt(doc: Y.Doc, index: number): number {
  return doc.getText('text').toString().slice(0, index).split('\n').length
}
