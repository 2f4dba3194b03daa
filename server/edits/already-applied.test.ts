import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isAlreadyApplied, isChunkApplied, mayBeApplied } from './already-applied.ts'
import { editLines } from './line-edit.ts'
import { match } from './match.ts'
import type { PatchChunk } from './match-chunk.ts'
import { rangeOfLines } from './match-ladder.ts'
import { createTextIndex } from './text-index.ts'

const isApplied = (text: string, oldLines: string[], newLines: string[]) =>
  isAlreadyApplied(createTextIndex(text), oldLines, newLines)

describe('a block', () => {
  test('is applied where its new lines stand once and its old ones only inside them', () => {
    expect(isApplied('a\nx\nb\n', ['y'], ['x'])).toBe(true)
    expect(isApplied('a\nx\ny\nb\n', ['y'], ['x', 'y'])).toBe(true)
  })

  test('is not where the old lines stand elsewhere', () => {
    expect(isApplied('x\ny\n', ['y'], ['x'])).toBe(false)
    expect(isApplied('x\ny\ny\n', ['y'], ['x', 'y'])).toBe(false)
    expect(isApplied('x\ny\nz\n', ['y', 'z'], ['x', 'y'])).toBe(false)
  })

  test('is not where the new lines stand several times or never', () => {
    expect(isApplied('x\nx\n', ['y'], ['x'])).toBe(false)
    expect(isApplied('a\n', ['y'], ['x'])).toBe(false)
  })

  test('that was applied on a loose rung is applied too', () => {
    expect(isApplied('\tx \n\n\t\ty\n', ['x'], ['x', '', '\ty'])).toBe(true)
    expect(isApplied('say “x”\nb\n', ['say "x"'], ['say "x"', 'b'])).toBe(true)
  })

  test('that appends is applied where the text ends with its lines', () => {
    expect(isApplied('a\nx\ny\n', [], ['x', 'y'])).toBe(true)
    expect(isApplied('a\nx \ny', [''], ['x', 'y'])).toBe(true)
    expect(isApplied('x\ny\na\n', [], ['x', 'y'])).toBe(false)
    expect(isApplied('y\n', [], ['x', 'y'])).toBe(false)
  })

  test('that only deletes never counts as applied', () => {
    expect(isApplied('a\n', ['x'], [])).toBe(false)
    expect(isApplied('a\n\n', ['x'], [''])).toBe(false)
    expect(isApplied('a\n', [], [])).toBe(false)
  })
})

describe('a chunk of a patch', () => {
  const kinds = { ' ': 'context', '-': 'delete', '+': 'insert' } as const
  const classes = 'class A:\n  x = 2\nclass B:\n  x = 1\n'

  function isApplied(
    text: string,
    lines: string[],
    { anchors = [], endOfFile = false, from = 0 }: Partial<PatchChunk> & { from?: number },
  ) {
    const patchLines = lines.map((line) => ({ kind: kinds[line.charAt(0) as keyof typeof kinds], text: line.slice(1) }))
    return isChunkApplied(createTextIndex(text), { lines: patchLines, anchors, endOfFile }, from)
  }

  test('is applied as a block is', () => {
    expect(isApplied('a\nx\nb\n', [' a', '-y', '+x', ' b'], {})).toBe(true)
    expect(isApplied('a\ny\nb\n', [' a', '-y', '+x', ' b'], {})).toBe(false)
    expect(isApplied('a\nx\n', [' a', '-y', '+x', ' '], {})).toBe(true)
    expect(isApplied('a\n', ['-y'], {})).toBe(false)
  })

  test('is looked for ahead of the cursor, in what its last anchor heads', () => {
    expect(isApplied(classes, ['-  x = 1', '+  x = 2'], { anchors: ['class A:'] })).toBe(true)
    expect(isApplied(classes, ['-  x = 1', '+  x = 2'], { anchors: ['class B:'] })).toBe(false)
    expect(isApplied(classes, ['-  x = 1', '+  x = 2'], {})).toBe(false)
    expect(isApplied(classes, ['-  x = 0', '+  x = 2'], { from: 2 })).toBe(false)
    expect(isApplied(classes, ['-  x = 0', '+  x = 2'], { anchors: ['class C:'] })).toBe(false)
  })

  test('that only adds is applied where its lines stand after the anchor, or at the end', () => {
    expect(isApplied(classes, ['+  x = 2'], { anchors: ['class A:'] })).toBe(true)
    expect(isApplied(classes, ['+  x = 1'], { anchors: ['class A:'] })).toBe(false)
    expect(isApplied(classes, ['+  x = 1'], {})).toBe(true)
    expect(isApplied(classes, ['+  x = 1'], { anchors: ['class A:'], endOfFile: true })).toBe(true)
    expect(isApplied(classes, ['+  x = 2'], {})).toBe(false)
  })
})

test('what was just applied is applied, unless the text says so twice', () => {
  const lines = fc.array(fc.constantFrom('a', 'b ', '\tc', '“d”', '', 'e'), { maxLength: 8 })
  fc.assert(
    fc.property(lines, lines, lines, (text, oldLines, newLines) => {
      const index = createTextIndex(text.join('\n'))
      const place = match(index, oldLines, newLines)
      fc.pre(place.kind === 'one' && place.retry === undefined && newLines.some((line) => line.trim() !== ''))
      const edit = editLines(index.text, place.start, place.end, place.newLines ?? newLines)
      const after = createTextIndex(index.text.slice(0, edit.start) + edit.text + index.text.slice(edit.end))
      const again = match(after, newLines, newLines)
      const left = match(after, oldLines, newLines)
      const isClear = again.kind === 'one' && again.start <= edit.start && again.end >= edit.start + edit.text.length
      const isLeft = left.kind === 'several' || (left.kind === 'one' && !oldLines.every((line) => line.trim() === ''))
      expect(isClear && !isLeft ? isAlreadyApplied(after, oldLines, newLines) : true).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

const someLines = (most: number) => fc.array(fc.constantFrom('a', 'b', ' b', 'c'), { minLength: 1, maxLength: most })

test('what may not be applied by the look of its place is not applied', () => {
  fc.assert(
    fc.property(someLines(8), fc.nat(7), fc.integer({ min: 1, max: 3 }), someLines(5), (lines, first, count, newLines) => {
      const index = createTextIndex(lines.map((line) => `${line}\n`).join(''))
      const line = first % lines.length
      const oldLines = lines.slice(line, line + count)
      const place = rangeOfLines(index, line, oldLines.length)
      fc.pre(!mayBeApplied(index.text, place, oldLines, newLines))
      expect(isAlreadyApplied(index, oldLines, newLines)).toBe(false)
    }),
    { numRuns: 1_000 },
  )
})
