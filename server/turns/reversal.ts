import * as Y from 'yjs'
import type { HunkReversal, StoredHunk } from '#store/store.ts'
import { clip, deleteRange, liveRuns, restoreAt, type IdRange, type LiveRun } from './yjs-items.ts'

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

/** States in which a hunk's text is no longer in its document. */
const undone = new Set<StoredHunk['state']>(['rejected', 'aborted', 'reverted'])

/**
 * Takes hunks back: what they deleted stands again at its old place, what they inserted is deleted wherever it still lives, and
 * text that people wrote inside stays. Works from the stored records alone and in any order. Runs inside a transaction.
 *
 * Text of another hunk that comes back belongs to that hunk again: `others` are the remaining hunks of the document, and the
 * result holds the records that changed, by hunk id. Text of a hunk that was itself taken back does not return.
 */
export function reverseHunks(
  transaction: Y.Transaction,
  text: Y.Text,
  hunks: readonly Pick<StoredHunk, 'hunkId' | 'state' | 'reversal'>[],
  others: readonly Pick<StoredHunk, 'hunkId' | 'state' | 'reversal'>[],
): Map<string, HunkReversal> {
  const reversing = new Set(hunks.map(({ hunkId }) => hunkId))
  const remaining = others.filter(({ hunkId }) => !reversing.has(hunkId))
  const gone = [...hunks, ...remaining.filter(({ state }) => undone.has(state))].flatMap(({ reversal }) => reversal.inserted)
  const owners = remaining.filter(({ state }) => !undone.has(state))
  const changed = new Map<string, HunkReversal>()
  for (const { reversal } of hunks) {
    for (const part of reversal.deleted.flatMap((piece) => clip(runOf(piece), gone, false))) {
      for (const restored of restoreAt(transaction, text, part)) giveBack(restored, part, owners, changed)
    }
  }
  for (const { reversal } of hunks) {
    for (const range of reversal.inserted) deleteRange(transaction, text, range)
  }
  return changed
}

/** Whether the text holds anything that no hunk wrote. */
export function holdsForeignText(text: Y.Text, hunks: readonly Pick<StoredHunk, 'reversal'>[]): boolean {
  const inserted = hunks.flatMap(({ reversal }) => reversal.inserted)
  return liveRuns(text, 0, text.length).some((run) => clip(run, inserted, false).length > 0)
}

function giveBack(
  restored: IdRange & { of: number },
  part: LiveRun,
  owners: readonly Pick<StoredHunk, 'hunkId' | 'reversal'>[],
  changed: Map<string, HunkReversal>,
): void {
  const from = restored.of - part.clock
  const original: LiveRun = {
    clientId: part.clientId,
    clock: restored.of,
    length: restored.length,
    text: part.text.slice(from, from + restored.length),
  }
  for (const { hunkId, reversal } of owners) {
    const own = clip(original, reversal.inserted, true)
    if (own.length === 0) continue
    const record = changed.get(hunkId) ?? { inserted: [...reversal.inserted], deleted: reversal.deleted }
    for (const { clock, length } of own) {
      record.inserted.push({ clientId: restored.clientId, clock: restored.clock + clock - restored.of, length })
    }
    changed.set(hunkId, record)
  }
}

function addRange(ranges: IdRange[], range: IdRange): void {
  const last = ranges.at(-1)
  if (last?.clientId === range.clientId && last.clock + last.length === range.clock) {
    ranges[ranges.length - 1] = { ...last, length: last.length + range.length }
  } else {
    ranges.push(range)
  }
}

function pieceOf(run: LiveRun): HunkReversal['deleted'][number] {
  const last = Y.createID(run.clientId, run.clock + run.length - 1)
  return { text: run.text, after: Y.encodeRelativePosition(new Y.RelativePosition(null, null, last, -1)) }
}

function runOf(piece: HunkReversal['deleted'][number]): LiveRun {
  const last = Y.decodeRelativePosition(piece.after).item
  if (last === null) throw new Error('a deleted piece without the id of its last item')
  return { clientId: last.client, clock: last.clock - piece.text.length + 1, length: piece.text.length, text: piece.text }
}

function documentOf(text: Y.Text): Y.Doc {
  if (text.doc === null) throw new Error('a text without a document')
  return text.doc
}
