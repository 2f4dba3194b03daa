import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Hunk } from '#protocol/hunks.ts'
import { neighbour, reviewOrder } from './review-order.ts'

function document(content: string) {
  const text = new Y.Doc().getText('text')
  text.insert(0, content)
  const at = (index: number, assoc = 0) => Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc))
  return { text, at }
}

const hunk = (hunkId: string, fileId: string, rest: Partial<Hunk>): Hunk => ({
  hunkId,
  turnId: 't1',
  block: 0,
  fileId,
  path: '',
  kind: 'edit',
  state: 'settled',
  askedBy: 'mara',
  baseText: '',
  addedLines: 0,
  deletedLines: 0,
  ...rest,
})

const files = [
  { fileId: 'a', path: 'a.ts' },
  { fileId: 'b', path: 'b.ts' },
]

test('hunks are reviewed by path, then by their place in the text as it is now', () => {
  const a = document('0123456789')
  const b = document('0123456789')
  const hunks = [
    hunk('h1', 'b', { start: b.at(2), end: b.at(4, -1) }),
    hunk('h2', 'a', { start: a.at(8), end: a.at(9, -1) }),
    hunk('h3', 'a', { start: a.at(1), end: a.at(3, -1) }),
    hunk('h4', 'a', { start: a.at(5), end: a.at(6, -1), state: 'accepted' }),
    hunk('h5', 'a', { state: 'conflict' }),
  ]
  a.text.insert(0, 'typed ')
  const documents = { get: (fileId: string) => ({ a, b })[fileId] as never }
  expect(reviewOrder(hunks, files, documents)).toEqual([
    { hunkId: 'h3', turnId: 't1', fileId: 'a', offset: 7 },
    { hunkId: 'h2', turnId: 't1', fileId: 'a', offset: 14 },
    { hunkId: 'h1', turnId: 't1', fileId: 'b', offset: 2 },
  ])
})

const order = [
  { hunkId: 'h1', turnId: 't1', fileId: 'a', offset: 5 },
  { hunkId: 'h2', turnId: 't1', fileId: 'a', offset: 50 },
  { hunkId: 'h3', turnId: 't1', fileId: 'b', offset: 1 },
]

test('next and previous go round through all files', () => {
  expect(neighbour(order, 'h2', 1, null)).toEqual(order[2])
  expect(neighbour(order, 'h3', 1, null)).toEqual(order[0])
  expect(neighbour(order, 'h1', -1, null)).toEqual(order[2])
})

test('with no current hunk the way starts at the cursor', () => {
  expect(neighbour(order, null, 1, { fileId: 'a', offset: 20 })).toEqual(order[1])
  expect(neighbour(order, null, -1, { fileId: 'a', offset: 20 })).toEqual(order[0])
  expect(neighbour(order, null, 1, { fileId: 'b', offset: 9 })).toEqual(order[0])
  expect(neighbour(order, 'decided meanwhile', -1, null)).toEqual(order[2])
  expect(neighbour([], null, 1, null)).toBeUndefined()
})
