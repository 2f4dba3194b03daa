import type { Hunk } from '#protocol/hunks.ts'
import * as Y from 'yjs'

/** The 1-based line on which a hunk starts in its document, or undefined while its place is not known there. */
export function hunkLine(hunk: Hunk, doc: Y.Doc): number | undefined {
  if (hunk.start === undefined) return undefined
  const start = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(hunk.start), doc)
  if (start === null) return undefined
  const before = doc.getText('text').toString().slice(0, start.index)
  return before.split('\n').length
}
