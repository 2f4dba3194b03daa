import { expect, test } from 'vitest'
import { movedRow } from './moved-row.ts'

test('keys move by a row, a page or to an end, and never out of the list', () => {
  const from = (active: number) =>
    ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'].map((key) => movedRow(key, active, 10, 4))
  expect(from(5)).toEqual([4, 6, 1, 9, 0, 9])
  expect(from(0)).toEqual([0, 1, 0, 4, 0, 9])
  expect(from(9)).toEqual([8, 9, 5, 9, 0, 9])
  expect(movedRow('Enter', 5, 10, 4)).toBeUndefined()
})
