import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hunkLines as hunkLinesWithin, linesOf, type HunkLines } from './hunk-lines.ts'

const hunkLines = (baseText: string, liveLines: readonly string[]) => hunkLinesWithin(baseText, liveLines, 1_000)

test('a replaced line is shown above its replacement', () => {
  expect(hunkLines('old\n', ['new', 'more'])).toEqual({
    added: [{ from: 0, count: 2 }],
    deleted: [{ above: 0, lines: ['old'] }],
  })
})

test('lines that stay are neither added nor deleted', () => {
  expect(hunkLines('a\nb\nc\nd\n', ['a', 'B', 'c', 'd', 'e'])).toEqual({
    added: [
      { from: 1, count: 1 },
      { from: 4, count: 1 },
    ],
    deleted: [{ above: 1, lines: ['b'] }],
  })
})

test('a pure insertion has nothing above it, a pure deletion nothing below', () => {
  expect(hunkLines('', ['a', ''])).toEqual({ added: [{ from: 0, count: 2 }], deleted: [] })
  expect(hunkLines('a\n\n', [])).toEqual({ added: [], deleted: [{ above: 0, lines: ['a', ''] }] })
})

test('an untouched hunk shows nothing', () => {
  expect(hunkLines('a\nb\n', ['a', 'b'])).toEqual({ added: [], deleted: [] })
})

test('where almost everything differs, all old lines go above all new ones', () => {
  const old = Array.from({ length: 600 }, (_, line) => `old ${line}`)
  const fresh = Array.from({ length: 600 }, (_, line) => `new ${line}`)
  expect(hunkLines(old.join('\n'), fresh)).toEqual({
    added: [{ from: 0, count: 600 }],
    deleted: [{ above: 0, lines: old }],
  })
})

test('taking the added lines out and putting the deleted ones back gives the old lines', () => {
  const line = fc.constantFrom('a', 'b', 'c', '', '  x')
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), fc.array(line, { maxLength: 25 }), (base, live) => {
      const text = base.map((each) => `${each}\n`).join('')
      expect(restored(hunkLines(text, live), live)).toEqual(linesOf(text))
    }),
    { numRuns: 500 },
  )
})

function restored({ added, deleted }: HunkLines, live: string[]): string[] {
  const isAdded = (line: number) => added.some(({ from, count }) => line >= from && line < from + count)
  const above = (line: number) => deleted.filter((piece) => piece.above === line).flatMap((piece) => piece.lines)
  return [...live.flatMap((text, line) => [...above(line), ...(isAdded(line) ? [] : [text])]), ...above(live.length)]
}
