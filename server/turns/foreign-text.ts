import type * as Y from 'yjs'
import type { StoredHunk } from '#store/store.ts'
import { isUndone } from './open-record.ts'
import { runOf } from './reversal.ts'
import { clip, liveRuns } from './yjs-items.ts'

/**
 * Whether there is anything in a document that no hunk wrote: text that stands there, and text that stands there again once the hunk that
 * deleted it is taken back. `hunks`: all of the document.
 */
export function holdsForeignText(text: Y.Text, hunks: readonly Pick<StoredHunk, 'state' | 'reversal'>[]): boolean {
  const inserted = hunks.flatMap(({ reversal }) => reversal.inserted)
  const kept = hunks.flatMap((hunk) => (isUndone(hunk) ? [] : hunk.reversal.deleted.map(runOf)))
  return [...liveRuns(text, 0, text.length), ...kept].some((run) => clip(run, inserted, false).length > 0)
}
