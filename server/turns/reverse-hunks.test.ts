import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { StoredHunk } from '#store/store.ts'
import { positionsAround } from './hunk-record.ts'
import { deleteRecorded, insertRecorded } from './reversal.ts'
import type { ReversibleHunk } from './open-record.ts'
import { reverseHunks } from './reverse-hunks.ts'

const textOf = (doc: Y.Doc) => doc.getText('text')

function turned(doc: Y.Doc, hunks: readonly ReversibleHunk[], state: StoredHunk['state']): ReversibleHunk[] {
  const changed = doc.transact((transaction) => reverseHunks(transaction, textOf(doc), hunks, hunks))
  return hunks.map((hunk) => {
    const { undoing = null, ...change } = changed.get(hunk.hunkId) ?? {}
    return { ...hunk, ...change, state, ...(undoing !== null && { undoing }) }
  })
}

test('H5 Two thousand hunks of one document are rejected and redone, each where it was.', () => {
  const count = 2_000
  const doc = new Y.Doc()
  const text = textOf(doc)
  const basis = Array.from({ length: count }, () => 'a line of text\n').join('')
  text.insert(0, basis)
  const hunks = Array.from({ length: count }, (_, index): ReversibleHunk => {
    const reversal = { inserted: [], deleted: [] }
    const at = 2 + index * 15
    doc.transact(() => {
      deleteRecorded(text, at, 4, reversal)
      insertRecorded(text, at, 'LINE', reversal)
    })
    return { hunkId: `h${index}`, state: 'settled', reversal, ...positionsAround(text, at, at + 4) }
  })
  const written = text.toString()
  const rejected = turned(doc, hunks, 'rejected')
  expect(text.toString()).toBe(basis)
  const redone = turned(doc, rejected, 'settled')
  expect(text.toString()).toBe(written)
  const places = redone.map(({ start, end }) =>
    [start, end].map(
      (position) =>
        Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position ?? new Uint8Array()), doc)?.index,
    ),
  )
  expect(places).toEqual(Array.from({ length: count }, (_, index) => [2 + index * 15, 6 + index * 15]))
})
