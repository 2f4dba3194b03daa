import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { anchoredLines, anchorLines, selectionOf, touchedLines } from './target-lines.ts'

function textOf(content: string): Y.Text {
  const text = new Y.Doc().getText('text')
  text.insert(0, content)
  return text
}

test.each([
  ['a cursor touches its line', 'one\ntwo\nthree', 5, 5, { start: 4, end: 8, fromLine: 2, toLine: 2 }],
  ['a selection over two lines', 'one\ntwo\nthree', 2, 5, { start: 0, end: 8, fromLine: 1, toLine: 2 }],
  ['one that ends at the start of a line', 'one\ntwo\nthree', 1, 4, { start: 0, end: 4, fromLine: 1, toLine: 1 }],
  ['the last line without a line feed', 'one\ntwo', 5, 7, { start: 4, end: 7, fromLine: 2, toLine: 2 }],
  ['the empty line at the end', 'one\n', 4, 4, { start: 4, end: 4, fromLine: 2, toLine: 2 }],
  ['an empty line', 'one\n\ntwo', 4, 4, { start: 4, end: 5, fromLine: 2, toLine: 2 }],
  ['an empty file', '', 0, 0, { start: 0, end: 0, fromLine: 1, toLine: 1 }],
])('%s', (_title, text, from, to, lines) => {
  expect(touchedLines(text, from, to)).toEqual(lines)
})

test('anchored lines keep their place while others write before, inside and after them', () => {
  const text = textOf('one\ntwo\nthree\nfour\n')
  const anchors = anchorLines(text, { start: 4, end: 14 })
  text.insert(0, 'zero\n')
  text.insert(text.toString().indexOf('three'), 'more\n')
  text.insert(text.toString().indexOf('four'), 'typed ')
  expect(anchoredLines(text, anchors)).toEqual({ start: 9, end: 24, fromLine: 3, toLine: 5 })
})

test('anchored lines are what stands in their place when they are replaced', () => {
  const text = textOf('one\ntwo\nthree\n')
  const anchors = anchorLines(text, { start: 4, end: 8 })
  text.insert(4, 'new\nlines\n')
  text.delete(14, 4)
  expect(text.toString()).toBe('one\nnew\nlines\nthree\n')
  expect(anchoredLines(text, anchors)).toEqual({ start: 4, end: 14, fromLine: 2, toLine: 3 })
})

test('positions that a document does not know yet name no lines', () => {
  const text = textOf('one\ntwo\n')
  expect(anchoredLines(textOf(''), anchorLines(text, { start: 4, end: 4 }))).toBeUndefined()
})

test('a selection of lines is told without its neighbours', () => {
  const text = textOf('one\ntwo\nthree\n')
  const { start, end } = selectionOf(text, { start: 4, end: 8 })
  const decoded = [start, end].map((position) => Y.relativePositionToJSON(Y.decodeRelativePosition(position)))
  expect(decoded).toMatchObject([
    { item: { clock: 4 }, assoc: 0 },
    { item: { clock: 7 }, assoc: -1 },
  ])
})
