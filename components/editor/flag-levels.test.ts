import { expect, test } from 'vitest'
import { flagLevels } from './flag-levels.ts'

test('flags on different lines, or far enough apart, stand on the line', () => {
  expect(
    flagLevels([
      { lineNumber: 1, column: 1, width: 10 },
      { lineNumber: 2, column: 1, width: 10 },
      { lineNumber: 1, column: 11, width: 10 },
    ]),
  ).toEqual([0, 0, 0])
})

test('flags that would cover each other are stacked, and a gap below is used again', () => {
  expect(
    flagLevels([
      { lineNumber: 1, column: 5, width: 10 },
      { lineNumber: 1, column: 5, width: 4 },
      { lineNumber: 1, column: 12, width: 10 },
      { lineNumber: 1, column: 18, width: 10 },
    ]),
  ).toEqual([0, 1, 1, 0])
})

test('a flag that cannot move keeps its line, and the others stand above it', () => {
  expect(flagLevels([{ lineNumber: 1, column: 1, width: 10 }], [{ lineNumber: 1, column: 5, width: 10 }])).toEqual([1])
})
