import { expect, test } from 'vitest'
import { comparedLine, similarity } from './line-similarity.ts'

const compare = (a: string, b: string, least = 0) => similarity(comparedLine(a), comparedLine(b), least)

test('lines that differ in space and typographic characters only are equal', () => {
  expect(compare('  sum(a, b) // it’s', "sum( a,b )\t// it's")).toBe(1)
  expect(compare('', ' ')).toBe(1)
})

test('a slip of the pen leaves most of a line in common, other code does not', () => {
  expect(compare('const total = computeTotal(items)', 'const total = computTotal(items)')).toBeGreaterThan(0.9)
  expect(compare('const total = computeTotal(items)', 'return items.length')).toBeLessThan(0.4)
  expect(compare('i++', 'i--')).toBeLessThan(0.8)
  expect(compare('abc', '')).toBe(0)
})

test('it is the same in both directions', () => {
  expect(compare('aab', 'aabb')).toBe(compare('aabb', 'aab'))
})

test('what is certainly too little is not worked out', () => {
  expect(compare('ab', 'abcdefgh')).toBeGreaterThan(0)
  expect(compare('ab', 'abcdefgh', 0.9)).toBe(0)
})

test('very long lines are equal or not', () => {
  const long = 'ab'.repeat(2_000)
  expect(compare(long, ` ${long}`)).toBe(1)
  expect(compare(long, `${long}c`)).toBe(0)
})
