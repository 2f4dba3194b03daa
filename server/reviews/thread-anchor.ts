import * as Y from 'yjs'
import { threadPlace, wholeLines, type ResolvedAnchor } from '#protocol/thread-place.ts'
import { limits } from '#protocol/limits.ts'
import type { StoredThread } from '#store/review-records.ts'

export type Anchor = { start: Uint8Array; end: Uint8Array }
type Range = { start: number; end: number }

/** What a thread keeps of the lines it is about. */
export type AnchoredLines = Pick<StoredThread, 'quotedText' | 'quotedOnce'> &
  Required<Pick<StoredThread, 'anchor' | 'fromLine' | 'toLine'>> & { lines: string }

/** Shorter passages occur by chance. */
const shortestKnownAgain = 12

/** The lines that a tab points at, whole. Undefined where its positions lead nowhere, or to no character at all. */
export function anchorOf(text: Y.Text, pointed: Anchor): AnchoredLines | undefined {
  const from = offsetOf(text, pointed.start)
  const to = offsetOf(text, pointed.end)
  if (from === undefined || to === undefined) return undefined
  return anchorLines(text, wholeLines(text.toString(), { start: Math.min(from, to), end: Math.max(from, to) }))
}

/** Of whole lines. Undefined where there is no character in them. */
export function anchorLines(text: Y.Text, { start, end }: Range): AnchoredLines | undefined {
  const all = text.toString()
  if (start >= end) return undefined
  const lines = all.slice(start, end)
  const quotedText = shortened(lines)
  const isWhole = quotedText === lines
  const stands = all.split(quotedText).length - 1
  const fromLine = all.slice(0, start).split('\n').length
  return {
    anchor: { start: encoded(text, start, 0), end: encoded(text, end, -1) },
    lines,
    quotedText,
    quotedOnce: isWhole && stands === 1 && lines.trim().length >= shortestKnownAgain,
    fromLine,
    toLine: fromLine + lines.replace(/\n$/, '').split('\n').length - 1,
  }
}

/** The lines of a thread as they are now; undefined where it is detached or about its file. */
export function placeOf(text: Y.Text, thread: Pick<StoredThread, 'anchor' | 'quotedText' | 'quotedOnce'>): Range | undefined {
  if (thread.anchor === undefined) return undefined
  const all = text.toString()
  const place = threadPlace(all, resolved(text, thread.anchor), thread)
  return place && wholeLines(all, place)
}

function resolved(text: Y.Text, anchor: Anchor): ResolvedAnchor | undefined {
  const start = offsetOf(text, anchor.start)
  const end = offsetOf(text, anchor.end)
  if (start === undefined || end === undefined) return undefined
  return { start, end, startLives: lives(text, anchor.start), endLives: lives(text, anchor.end) }
}

/** Whether the character that a position clings to is still there; an end of the text always is. */
function lives(text: Y.Text, position: Uint8Array): boolean {
  const { item } = Y.decodeRelativePosition(position)
  if (item === null || text.doc === null) return true
  const found = Y.getItem(text.doc.store, item)
  return found instanceof Y.Item && !found.deleted
}

function offsetOf(text: Y.Text, position: Uint8Array): number | undefined {
  if (text.doc === null) return undefined
  try {
    const found = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), text.doc, false)
    return found?.type === text ? found.index : undefined
  } catch {
    // A tab may send any bytes.
    return undefined
  }
}

function encoded(text: Y.Text, index: number, assoc: number): Uint8Array {
  return Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc))
}

function shortened(lines: string): string {
  if (lines.length <= limits.quoteLength) return lines
  const feed = lines.lastIndexOf('\n', limits.quoteLength)
  return feed === -1 ? lines.slice(0, limits.quoteLength) : lines.slice(0, feed + 1)
}
