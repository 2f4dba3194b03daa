import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changedRegions } from './regions.ts'

test('a rewrite is split at unchanged lines', () => {
  const oldText = 'a\nb\n1\n2\n3\nc\nd\n'
  const newText = 'a\nB\nB2\n1\n2\n3\nd\n'
  expect(changedRegions(oldText, newText)).toEqual([
    { oldStart: 2, oldEnd: 4, newStart: 2, newEnd: 7, oldLines: 1, newLines: 2 },
    { oldStart: 10, oldEnd: 12, newStart: 13, newEnd: 13, oldLines: 1, newLines: 0 },
  ])
})

test('changes with one or two unchanged lines between them are one region', () => {
  expect(changedRegions('a\n1\n2\nb\n', 'A\n1\n2\nB\n')).toEqual([
    { oldStart: 0, oldEnd: 8, newStart: 0, newEnd: 8, oldLines: 4, newLines: 4 },
  ])
  expect(changedRegions('a\n1\n2\n3\nb\n', 'A\n1\n2\n3\nB\n')).toHaveLength(2)
})

test('equal texts have no regions, and a missing final line feed is a change of the last line', () => {
  expect(changedRegions('a\nb\n', 'a\nb\n')).toEqual([])
  expect(changedRegions('a\nb\n', 'a\nb')).toEqual([
    { oldStart: 2, oldEnd: 4, newStart: 2, newEnd: 3, oldLines: 1, newLines: 1 },
  ])
})

test('replacing the old ranges by the new ones gives the new text, in whole lines, three unchanged lines apart', () => {
  const text = fc
    .array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', '}\n', 'd'), { maxLength: 25 })
    .map((lines) => lines.join(''))
  fc.assert(
    fc.property(text, text, (oldText, newText) => {
      let result = ''
      let [oldEnd, newEnd] = [0, 0]
      let between = 3
      for (const region of changedRegions(oldText, newText)) {
        const kept = oldText.slice(oldEnd, region.oldStart)
        expect(newText.slice(newEnd, region.newStart)).toBe(kept)
        between = Math.min(between, oldEnd + newEnd === 0 ? 3 : (kept.match(/\n/g)?.length ?? 0))
        for (const [whole, start, end] of [
          [oldText, region.oldStart, region.oldEnd],
          [newText, region.newStart, region.newEnd],
        ] as const) {
          expect(start === 0 || whole[start - 1] === '\n').toBe(true)
          expect(end === start || end === whole.length || whole[end - 1] === '\n').toBe(true)
        }
        const oldPart = oldText.slice(region.oldStart, region.oldEnd)
        expect(oldPart.match(/[^\n]*\n|[^\n]+$/g)?.length ?? 0).toBe(region.oldLines)
        const newPart = newText.slice(region.newStart, region.newEnd)
        expect(newPart.match(/[^\n]*\n|[^\n]+$/g)?.length ?? 0).toBe(region.newLines)
        result += kept + newPart
        oldEnd = region.oldEnd
        newEnd = region.newEnd
      }
      expect(between).toBe(3)
      expect(result + oldText.slice(oldEnd)).toBe(newText)
    }),
    { numRuns: 500 },
  )
})
