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

  test('one indent shift of all lines is ignored only where nothing matches up to trailing space', () => {
    const text = '\tif (a) {\n\n\t\tb() \n\t}\n'
    expect(find(text, ['if (a) {', '  ', '\tb()', '}'], ['if (a) {', '', '\tc()', '}', '\t'])).toEqual({
      kind: 'one',
      start: 0,
      end: text.length,
      rung: 'indent',
      newLines: ['\tif (a) {', '', '\t\tc()', '\t}', '\t'],
    })
    expect(find('  a\na \n', ['a'], ['b'])).toEqual({ kind: 'one', start: 4, end: 7, rung: 'trailing_space' })
  })

  test('lines that are indented too far are found, and the new ones begin at the margin at least', () => {
    expect(find('a\n  b\n', ['    a', '      b'], ['    a', '      c', '  d'])).toMatchObject({
      rung: 'indent',
      newLines: ['a', '  c', 'd'],
    })
    expect(find('  a\n', ['\t  a'], ['\t  b', '   c', 'd'])).toMatchObject({ rung: 'indent', newLines: ['  b', '   c', 'd'] })
  })

  test('lines that are shifted by different space are not found', () => {
    expect(find('  a\n  b\n', ['a', ' b'], ['x'])).toEqual({ kind: 'none' })
    expect(find('  a\nb\n', ['a', 'b'], ['x'])).toEqual({ kind: 'none' })
    expect(find('  a\n\tb\n', ['a', 'b'], ['x'])).toEqual({ kind: 'none' })
    expect(find('  a\n', ['\ta'], ['x'])).toEqual({ kind: 'none' })
    expect(find('  a\n b\n  a\n  b\n', ['a', 'b'], ['x'])).toMatchObject({ kind: 'one', start: 7, rung: 'indent' })
  })

  test('typographic characters are ignored last, with an indent shift', () => {
    expect(find('  say “it’s – a\u00A0b”\n', ['say "it\'s - a b"'], ['say "x"'])).toEqual({
      kind: 'one',
      start: 0,
      end: 19,
      rung: 'unicode',
      newLines: ['  say "x"'],
    })
    expect(find('"a"\n', ['“a”'], ['“b”'])).toEqual({ kind: 'one', start: 0, end: 4, rung: 'unicode' })
    expect(find('“a”\n  "a"\n', ['"a"'], ['x'])).toMatchObject({ kind: 'one', start: 4, rung: 'indent' })
    expect(find('  “a”\n“b”\n', ['"a"', '"b"'], ['x'])).toEqual({ kind: 'none' })
    expect(find('\u00A0a\n', [' a'], [' b'])).toEqual({ kind: 'one', start: 0, end: 3, rung: 'unicode' })
  })

  test('on a loose rung lines that the block leaves as they are stay the file’s own', () => {
    expect(find('a \nb\nc\t\n', ['a', 'b ', 'c'], ['a', 'x ', 'c'])).toMatchObject({ newLines: ['a ', 'x ', 'c\t'] })
    expect(find('‘a’\nb\n', ["'a'", 'b'], ["'a'", "'c'"])).toMatchObject({ rung: 'unicode', newLines: ['‘a’', "'c'"] })
    expect(find('a \n', ['a'], ['x'])).toEqual({ kind: 'one', start: 0, end: 3, rung: 'trailing_space' })
  })

  test('several candidates on a loose rung are ambiguous', () => {
    expect(find('  a\n\ta\n', ['a'], ['b'])).toMatchObject({ kind: 'several', lines: [1, 2] })
    expect(find('“a”\n„\n‟a‟\n', ['"a"'], ['b'])).toMatchObject({ kind: 'several', lines: [1, 3] })
  })

  test('without new lines nothing is shifted or folded', () => {
    expect(find('  a\n', ['a'])).toEqual({ kind: 'none' })
    expect(find('“a”\n', ['"a"'])).toEqual({ kind: 'none' })
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

  test('each piece climbs the ladder on its own, and the loosest rung is that of all', () => {
    expect(find('  “a”\n1\n\tb \n', ['"a"', '...', 'b'], ['"a"', 'x', '...', 'y'])).toMatchObject({
      kind: 'one',
      rung: 'unicode',
      newLines: ['  “a”', '  x', '1', '\ty'],
    })
  })

  test('without its leading blank line a block climbs the ladder too', () => {
    expect(find('x\n  a\n', ['', 'a'], ['', 'b'])).toMatchObject({ rung: 'indent', retry: 'leading_blank', newLines: ['  b'] })
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
