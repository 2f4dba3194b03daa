import { expect, test } from 'vitest'
import { createFileBasis } from './file-basis.ts'

test('Own edits are refused where others have written.', () => {
  const basis = createFileBasis('a\nb\n')
  basis.recordForeignEdit(1, 1, 1)
  expect(basis.toLive({ start: 0, end: 2 })).toBe('overlaps')
  expect(() => basis.recordOwnEdit(0, 2, '')).toThrow(RangeError)
  expect(basis.expectedText).toBe('a\nb\n')
})

test('What surrounds a range are whole lines of the expected text, and all that others changed in them.', () => {
  const basis = createFileBasis('one\ntwo\nthree\nfour')
  expect(basis.around({ start: 5, end: 6 })).toEqual({ from: { start: 4, end: 8 }, to: { start: 4, end: 8 } })
  basis.recordForeignEdit(6, 9, 0)
  expect(basis.around({ start: 4, end: 8 })).toEqual({ from: { start: 4, end: 14 }, to: { start: 4, end: 11 } })
  expect(basis.around({ start: 14, end: 18 })).toEqual({ from: { start: 14, end: 18 }, to: { start: 11, end: 15 } })
  expect(basis.around({ start: 18, end: 18 })).toEqual({ from: { start: 14, end: 18 }, to: { start: 11, end: 15 } })
})

test('The last line of a basis without a final line feed is a whole line also once something was appended.', () => {
  const basis = createFileBasis('one\ntwo')
  expect(basis.toExpected({ start: 4, end: 7 })).toEqual({ start: 4, end: 7 })
  basis.recordOwnEdit(7, 7, '\nthree')
  expect(basis.toExpected({ start: 4, end: 7 })).toEqual({ start: 4, end: 8 })
  expect(basis.toExpected({ start: 0, end: 4 })).toEqual({ start: 0, end: 4 })
  expect(basis.toExpected({ start: 7, end: 7 })).toEqual({ start: 13, end: 13 })
})

test('A line of which only a part is left in a changed line is not there any more.', () => {
  const basis = createFileBasis('one\ntwo\nthree\n')
  basis.recordOwnEdit(4, 4, 'not ')
  basis.recordOwnEdit(11, 12, '')
  expect(basis.expectedText).toBe('one\nnot twothree\n')
  expect(basis.toExpected({ start: 4, end: 8 })).toBe('overlaps')
  expect(basis.toExpected({ start: 8, end: 14 })).toBe('overlaps')
  expect(basis.toExpected({ start: 0, end: 4 })).toEqual({ start: 0, end: 4 })
})
