import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match } from './match.ts'
import { createTextIndex } from './text-index.ts'

const find = (text: string, oldLines: string[], newLines?: string[]) => match(createTextIndex(text), oldLines, newLines)

describe('the ladder', () => {
  test('lines that stand once are found, with the range of whole lines', () => {
    expect(find('a\nb\nc\n', ['b'])).toEqual({ kind: 'one', start: 2, end: 4, rung: 'exact' })
    expect(find('a\nb\nc\n', ['a', 'b'])).toEqual({ kind: 'one', start: 0, end: 4, rung: 'exact' })
  })

  test('the last line is found with and without a final line feed', () => {
    expect(find('a\nb', ['b'])).toEqual({ kind: 'one', start: 2, end: 3, rung: 'exact' })
    expect(find('a\nb\n\n', ['b', ''])).toEqual({ kind: 'one', start: 2, end: 5, rung: 'exact' })
    expect(find('a\nb\n', ['b', ''])).toEqual({ kind: 'none' })
  })

  test('trailing space at line ends is ignored only where nothing matches exactly', () => {
    expect(find('a  \nb\n', ['a', 'b\t'])).toEqual({ kind: 'one', start: 0, end: 6, rung: 'trailing_space' })
    expect(find('a  \na\n', ['a'])).toEqual({ kind: 'one', start: 4, end: 6, rung: 'exact' })
    expect(find(' a\n', ['a'])).toEqual({ kind: 'none' })
  })

  test('several candidates at the first rung that has any are ambiguous', () => {
    expect(find('a\nx\na\nx\n', ['a', 'x'])).toEqual({
      kind: 'several',
      lines: [1, 3],
      ranges: [
        { start: 0, end: 4 },
        { start: 4, end: 8 },
      ],
    })
    expect(find('a \na\t\n', ['a'])).toMatchObject({ kind: 'several', lines: [1, 2] })
    expect(find('a\na\na\n', ['a', 'a'])).toMatchObject({ kind: 'several', lines: [1, 2] })
  })

  test('an empty or blank search is the end of the text', () => {
    for (const oldLines of [[], [''], ['', ' ']])
      expect(find('a\n\n', oldLines)).toEqual({ kind: 'one', start: 3, end: 3, rung: 'exact' })
    expect(find('', [])).toEqual({ kind: 'one', start: 0, end: 0, rung: 'exact' })
  })
})

describe('retries of a finished block', () => {
  test('one spurious leading blank line is dropped, from both parts', () => {
    expect(find('a\nb\n', ['', 'b'], ['', 'x'])).toEqual({
      kind: 'one',
      start: 2,
      end: 4,
      rung: 'exact',
      retry: 'leading_blank',
      newLines: ['x'],
    })
    expect(find('a\nb\n', ['', 'b'], ['x'])).toMatchObject({ kind: 'one', newLines: ['x'] })
    expect(find('a\nb\n', ['', '', 'b'], ['x'])).toEqual({ kind: 'none' })
    expect(find('b\nb\n', ['', 'b'], ['x'])).toMatchObject({ kind: 'several', lines: [1, 2] })
  })

  test('a leading blank line that the text has stays', () => {
    expect(find('a\n\nb\n', ['', 'b'], ['', 'x'])).toEqual({ kind: 'one', start: 2, end: 5, rung: 'exact' })
  })

  test('without new lines there are no retries', () => {
    expect(find('a\nb\n', ['', 'b'])).toEqual({ kind: 'none' })
    expect(find('a\nb\n', ['a', '...', 'b'])).toEqual({ kind: 'none' })
  })

  test('lines between pieces stay as they are in the text', () => {
    expect(find('x\nf() {\n1\n2 \n}\ny\n', ['f() {', '  ...', '}'], ['g() {', '...', '} // g'])).toEqual({
      kind: 'one',
      start: 2,
      end: 15,
      rung: 'exact',
      retry: 'elision',
      newLines: ['g() {', '1', '2 ', '} // g'],
    })
  })

  test('a piece must stand once after the piece before it', () => {
    const text = 'end\nf\n1\nend\n'
    expect(find(text, ['f', '...', 'end'], ['g', '...', 'end'])).toMatchObject({ kind: 'one', newLines: ['g', '1', 'end'] })
    expect(find(text + 'end\n', ['f', '...', 'end'], ['g', '...', 'end'])).toMatchObject({ kind: 'several', lines: [4, 5] })
    expect(find(text, ['1', '...', 'f'], ['1', '...', 'g'])).toEqual({ kind: 'none' })
  })

  test('a piece is searched after the piece before it in a text of equal lines too', () => {
    const text = `${'x\n'.repeat(70)}f\nx\n`
    expect(find(text, ['f', '...', 'x'], ['f', '...', 'y'])).toMatchObject({ kind: 'one', newLines: ['f', 'y'] })
    expect(find(`${text}1\n`, ['f', 'x', '...', '1'], ['f', 'y', '...', '2'])).toMatchObject({
      kind: 'one',
      newLines: ['f', 'y', '2'],
    })
    expect(find(text, ['f', '...', 'x', 'x'], ['f', '...', 'y'])).toEqual({ kind: 'none' })
  })

  test('one piece that matches only up to trailing space makes it the rung of all', () => {
    expect(find('a \nb\nc\n', ['a', '...', 'c'], ['A', '...', 'C'])).toMatchObject({ kind: 'one', rung: 'trailing_space' })
    expect(find('a\nb\nc \n', ['a', '...', 'c'], ['A', '...', 'C'])).toMatchObject({ kind: 'one', rung: 'trailing_space' })
  })

  test('pieces at the edges may be empty on both sides, and the numbers must agree', () => {
    expect(find('a\nb\nc\n', ['...', 'b', '...'], ['...', 'B', '...'])).toMatchObject({
      kind: 'one',
      start: 2,
      end: 4,
      newLines: ['B'],
    })
    expect(find('a\nb\nc\n', ['...', 'b'], ['new', '...', 'B'])).toEqual({ kind: 'none' })
    expect(find('a\nb\nc\n', ['a', '...', 'c'], ['a', 'c'])).toEqual({ kind: 'none' })
    expect(find('a\nb\n', ['...'], ['...'])).toEqual({ kind: 'none' })
  })

  test('dots that stand in the text are ordinary lines', () => {
    expect(find('a\n...\nb\n', ['a', '...', 'b'], ['x', '...', 'y'])).toEqual({ kind: 'one', start: 0, end: 8, rung: 'exact' })
  })
})

test('finds what comparing every place finds', () => {
  const line = fc.constantFrom('a', 'b', 'a ', '', ' ')
  const text = fc.oneof(
    fc.array(line, { maxLength: 30 }),
    fc.array(fc.constantFrom('a', 'a', 'a', 'a '), { minLength: 70, maxLength: 120 }),
  )
  fc.assert(
    fc.property(text, fc.boolean(), fc.array(line, { minLength: 1, maxLength: 4 }), (lines, terminated, wanted) => {
      fc.pre(wanted.some((line) => line.trim() !== '') && (terminated || lines.at(-1) !== ''))
      const whole = lines.join('\n') + (terminated && lines.length > 0 ? '\n' : '')
      const places = (equal: (a: string, b: string) => boolean) =>
        lines.map((_, i) => i).filter((i) => wanted.every((line, j) => i + j < lines.length && equal(lines[i + j] ?? '', line)))
      const exact = places((a, b) => a === b)
      const loose = places((a, b) => a.trimEnd() === b.trimEnd())
      const hits = exact.length > 0 ? exact : loose
      const found = find(whole, wanted)
      const ranges = hits.map((first) => {
        const start = lines.slice(0, first).join('\n').length + (first === 0 ? 0 : 1)
        const length = lines.slice(first, first + wanted.length).join('\n').length + 1
        return { start, end: Math.min(whole.length, start + length) }
      })
      const [only, second] = ranges
      const several = { kind: 'several', lines: hits.map((line) => line + 1), ranges }
      const one = { kind: 'one', ...only, rung: exact.length > 0 ? 'exact' : 'trailing_space' }
      expect(found).toEqual(second ? several : only ? one : { kind: 'none' })
    }),
    { numRuns: 500 },
  )
})
