import * as Y from 'yjs'
import { successiveEdits } from '#edits/minimal-edit.ts'
import type { HunkReversal } from '#store/store.ts'
import { clip, liveRuns, type IdRange, type LiveRun } from './yjs-items.ts'

/** Inserts on behalf of a hunk. Runs inside a transaction of the text's document. */
export function insertRecorded(text: Y.Text, index: number, content: string, reversal: HunkReversal): void {
  if (content === '') return
  const clientId = documentOf(text).clientID
  const clock = Y.getState(documentOf(text).store, clientId)
  text.insert(index, content)
  addRange(reversal.inserted, { clientId, clock, length: content.length })
}

/** Deletes on behalf of a hunk; what was not the hunk's own text is kept in its record. Runs inside a transaction. */
export function deleteRecorded(text: Y.Text, index: number, length: number, reversal: HunkReversal): void {
  if (length === 0) return
  for (const run of liveRuns(text, index, index + length)) {
    for (const part of clip(run, reversal.inserted, false)) reversal.deleted.push(pieceOf(part))
  }
  text.delete(index, length)
}

/** Makes the new text of the old one, which stands at `start`, by the smallest edits. Runs inside a transaction. */
export function replaceRecorded(text: Y.Text, start: number, oldText: string, newText: string, reversal: HunkReversal): void {
  for (const edit of successiveEdits(oldText, newText, start)) {
    deleteRecorded(text, edit.start, edit.end - edit.start, reversal)
    insertRecorded(text, edit.start, edit.text, reversal)
  }
}

export function addRange(ranges: IdRange[], range: IdRange): void {
  const last = ranges.at(-1)
  if (last?.clientId === range.clientId && last.clock + last.length === range.clock) {
    ranges[ranges.length - 1] = { ...last, length: last.length + range.length }
  } else {
    ranges.push(range)
  }
}

/** The form in which a record keeps text that was deleted. */
export function pieceOf(run: LiveRun): HunkReversal['deleted'][number] {
  const last = Y.createID(run.clientId, run.clock + run.length - 1)
  return { text: run.text, after: Y.encodeRelativePosition(new Y.RelativePosition(null, null, last, -1)) }
}

export function runOf(piece: HunkReversal['deleted'][number]): LiveRun {
  const last = Y.decodeRelativePosition(piece.after).item
  if (last === null) throw new Error('a deleted piece without the id of its last item')
  return { clientId: last.client, clock: last.clock - piece.text.length + 1, length: piece.text.length, text: piece.text }
}

function documentOf(text: Y.Text): Y.Doc {
  if (text.doc === null) throw new Error('a text without a document')
  return text.doc
}
