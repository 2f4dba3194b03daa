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
