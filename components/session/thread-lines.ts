import * as Y from 'yjs'
import type { Thread } from '#protocol/review.ts'
import { threadPlace, type ResolvedAnchor } from '#protocol/thread-place.ts'
import { touchedLines, type LineRange } from './target-lines.ts'

type Anchored = Pick<Thread, 'anchor' | 'quotedText' | 'quotedOnce'>

/** The lines that a thread is about as they are now, in `all`, what the text reads; undefined where they are gone, and for a thread about a file. */
export function threadLines(text: Y.Text, thread: Anchored, all = text.toString()): LineRange | undefined {
  const { doc } = text
  if (thread.anchor === undefined || doc === null) return undefined
  const place = threadPlace(all, resolved(doc, thread.anchor), thread)
  return place && touchedLines(all, place.start, place.end)
}

function resolved(doc: Y.Doc, { start, end }: NonNullable<Thread['anchor']>): ResolvedAnchor | undefined {
  const [from, to] = [start, end].map((position) => {
    const decoded = Y.decodeRelativePosition(position)
    // Only this tab knows what its own undo has brought back: following that, it would show the thread elsewhere than everybody else.
    return { item: decoded.item, at: Y.createAbsolutePositionFromRelativePosition(decoded, doc, false)?.index }
  })
  if (from?.at === undefined || to?.at === undefined) return undefined
  return { start: from.at, end: to.at, startLives: lives(doc, from.item), endLives: lives(doc, to.item) }
}

/** Positions at an end of the text cling to no character. */
function lives(doc: Y.Doc, id: Y.ID | null): boolean {
  if (id === null) return true
  const item = Y.getItem(doc.store, id)
  return item instanceof Y.Item && !item.deleted
}
