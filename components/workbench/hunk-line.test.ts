import type { Hunk } from '#protocol/hunks.ts'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { candidateLines, hunkLine, placeReader } from './hunk-line.ts'

function hunkAt(text: Y.Text, index: number): Hunk {
  const start = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, 0))
  return {
    hunkId: 'h',
    turnId: 't',
    block: 0,
    fileId: 'f',
    path: 'a.ts',
    kind: 'edit',
    state: 'settled',
    start,
    askedBy: 'mara',
    baseText: '',
    addedLines: 1,
    deletedLines: 0,
  }
}

test('The line of a hunk moves with the text above it.', () => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, 'one\ntwo\nthree\n')
  const hunk = hunkAt(text, 8)
  expect(hunkLine(hunk, doc)).toBe(3)
  text.insert(0, 'zero\n')
  expect(hunkLine(hunk, doc)).toBe(4)
})

test('A proposal without a place has no line.', () => {
  const doc = new Y.Doc()
  const { start: _start, ...hunk } = hunkAt(doc.getText('text'), 0)
  expect(hunkLine(hunk, doc)).toBeUndefined()
})

test('A place for a proposal is the lines it covers now.', () => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, 'one\ntwo\nthree\nfour\n')
  const at = (index: number, assoc: number) =>
    Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc))
  const hunk = { ...hunkAt(text, 0), candidates: [{ start: at(4, 0), end: at(14, -1) }] }
  expect(candidateLines(hunk, 0, doc)).toEqual({ from: 2, to: 3 })
  text.insert(0, 'zero\n')
  expect(candidateLines(hunk, 0, doc)).toEqual({ from: 3, to: 4 })
  expect(candidateLines(hunk, 1, doc)).toBeUndefined()
})

test('A reader tells the line of every hunk of a document, and what is written there.', () => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, 'one\ntwo\n\nfour')
  const end = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, 13, -1))
  const hunks = [0, 4, 8, 9, 13].map((index) => ({ ...hunkAt(text, index), end }))
  const read = placeReader(text)
  expect(hunks.map((hunk) => read(hunk))).toEqual([
    { line: 1, text: 'one' },
    { line: 2, text: 'two' },
    { line: 3, text: '' },
    { line: 4, text: 'four' },
    { line: 4, text: 'four' },
  ])
  const { start: _start, ...proposal } = hunkAt(text, 0)
  expect(read(proposal)).toBeUndefined()
})
