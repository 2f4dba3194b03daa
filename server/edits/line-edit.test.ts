import { expect, test } from 'vitest'
import { editLines } from './line-edit.ts'

test('lines in the middle get a line feed each', () => {
  expect(editLines('a\nb\nc\n', 2, 4, ['x', 'y'])).toEqual({ start: 2, end: 4, text: 'x\ny\n' })
  expect(editLines('a\nb\nc\n', 2, 4, [])).toEqual({ start: 2, end: 4, text: '' })
})

test('a text without a final line feed keeps lacking it', () => {
  expect(editLines('a\nb', 2, 3, ['x', 'y'])).toEqual({ start: 2, end: 3, text: 'x\ny' })
  expect(editLines('a\nb', 2, 3, [])).toEqual({ start: 1, end: 3, text: '' })
  expect(editLines('a', 0, 1, [])).toEqual({ start: 0, end: 1, text: '' })
})

test('appended lines begin on a line of their own', () => {
  expect(editLines('a\n', 2, 2, ['x'])).toEqual({ start: 2, end: 2, text: 'x\n' })
  expect(editLines('a', 1, 1, ['x'])).toEqual({ start: 1, end: 1, text: '\nx' })
  expect(editLines('a', 1, 1, [])).toEqual({ start: 1, end: 1, text: '' })
  expect(editLines('', 0, 0, ['x'])).toEqual({ start: 0, end: 0, text: 'x\n' })
})
