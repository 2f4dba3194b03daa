import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { PatchLine } from './answer-blocks.ts'
import { matchChunk } from './match-chunk.ts'
import type { Range } from './offset-edit.ts'
import { createTextIndex, keyOn } from './text-index.ts'

const kinds = { ' ': 'context', '-': 'delete', '+': 'insert' } as const

/** Lines as a patch has them, with their prefix. */
function patchLines(lines: readonly string[]): PatchLine[] {
  return lines.map((line) => ({ kind: kinds[line.charAt(0) as keyof typeof kinds], text: line.slice(1) }))
}

function find(
  text: string,
  lines: readonly string[],
  { anchors = [], endOfFile = false, from = 0, unique = true }: Partial<Options> = {},
) {
  return matchChunk(createTextIndex(text), { lines: patchLines(lines), anchors, endOfFile }, from, { unique })
}

type Options = { anchors: string[]; endOfFile: boolean; from: number; unique: boolean }

const noMatch = { kind: 'none', code: 'no_match' }
const noAnchor = { kind: 'none', code: 'anchor_not_found' }

describe('old lines', () => {
  test('context and deleted lines are found together, and the cursor stands after them', () => {
    expect(find('a\nb\nc\nd\n', [' a', '-b', '+B', ' c'])).toEqual({
      kind: 'one',
      start: 0,
      end: 6,
      rung: 'exact',
      nextLine: 3,
      newLines: ['a', 'B', 'c'],
    })
  })

  test('nothing behind the cursor matches', () => {
    expect(find('a\nb\na\n', ['-a', '+A'], { from: 1 })).toMatchObject({ kind: 'one', start: 4, nextLine: 3 })
    expect(find('a\nb\n', ['-a', '+A'], { from: 1 })).toEqual(noMatch)
    expect(find('a\nb\n', ['-a', '+A'], { from: 9 })).toEqual(noMatch)
  })

  test('context lines keep the file’s own bytes, inserted lines that repeat one do not', () => {
    expect(find('a \nb\t\n', [' a', '-b', '+b'])).toMatchObject({ rung: 'trailing_space', newLines: ['a ', 'b'] })
    expect(find('say “a”\nb\n', [' say "a"', '+say "a"', ' b'])).toMatchObject({
      rung: 'unicode',
      newLines: ['say “a”', 'say "a"', 'b'],
    })
  })

  test('inserted lines take the indent shift that all old lines have in common', () => {
    expect(find('\tif (a) {\n\t\tb()\n\t}\n', [' if (a) {', '-\tb()', '+\tc()', '+', '+\t\td()', ' }'])).toMatchObject({
      rung: 'indent',
      newLines: ['\tif (a) {', '\t\tc()', '', '\t\t\td()', '\t}'],
    })
    expect(find('a\n  b\n', ['     a', '-      b', '+      c', '+ d'])).toMatchObject({
      rung: 'indent',
      newLines: ['a', '  c', 'd'],
    })
  })

  test('without one common indent shift inserted lines go in as they are', () => {
    expect(find('  a\n    b\n', [' a', '-b', '+c'])).toMatchObject({ rung: 'indent', newLines: ['  a', 'c'] })
  })

  test('every rung is tried on all lines before the next', () => {
    expect(find('a \na\n', ['-a', '+A'])).toMatchObject({ start: 3, rung: 'exact' })
    expect(find('  a\na \n', ['-a', '+A'])).toMatchObject({ start: 4, rung: 'trailing_space' })
    expect(find('–\n  -\n', ['--', '+A'])).toMatchObject({ start: 2, rung: 'indent' })
  })

  test('several places are ambiguous, or the first one for the text function', () => {
    expect(find('a\nx\na\n', ['-a', '+A'])).toEqual({
      kind: 'several',
      lines: [1, 3],
      ranges: [
        { start: 0, end: 2 },
        { start: 4, end: 6 },
      ],
    })
    expect(find('a\nx\na\n', ['-a', '+A'], { unique: false })).toMatchObject({ kind: 'one', start: 0, nextLine: 1 })
  })

  test('a last empty old line that is not there is dropped, with a last empty new line', () => {
    expect(find('a\nb\n', [' a', '-b', '+B', ' '])).toMatchObject({ kind: 'one', end: 4, nextLine: 2, newLines: ['a', 'B'] })
    expect(find('a\nb\n', ['-a', '-', '+A', '+'])).toMatchObject({ kind: 'one', end: 2, nextLine: 1, newLines: ['A'] })
    expect(find('a\nb\n', [' b', ' ', '+c'])).toMatchObject({ kind: 'one', start: 2, end: 4, newLines: ['b', '', 'c'] })
    expect(find('a\n\nb\n', ['-a', ' ', '+A'])).toMatchObject({ kind: 'one', end: 3, newLines: ['', 'A'] })
    expect(find('a\nb\n', ['-a', '- ', '+A'])).toEqual(noMatch)
    expect(find('a\nb\n', ['-a', '-', '-', '+A'])).toEqual(noMatch)
  })
})

describe('anchors', () => {
  const classes = 'class A:\n  def f():\n    return 1\nclass B:\n  def f():\n    return 1\n'

  test('the search begins after the anchor, which is not replaced', () => {
    expect(find('a\nx\nb\nx\n', ['-x', '+y'], { anchors: ['b'] })).toEqual({
      kind: 'one',
      start: 6,
      end: 8,
      rung: 'exact',
      nextLine: 4,
      newLines: ['y'],
    })
    expect(find('a\nb\n', [' a', '-b'], { anchors: ['a'] })).toEqual(noMatch)
  })

  test('an anchor is a whole line, up to space around it and typographic characters', () => {
    expect(find('  it’s\na\n', ['-a'], { anchors: ["it's"] })).toMatchObject({ kind: 'one', start: 7, rung: 'exact' })
    expect(find('function f() {\na\na\n', ['-a'], { anchors: ['function f'] })).toEqual(noAnchor)
  })

  test('bare anchors search nothing', () => {
    expect(find('a\nb\n', ['-b'], { anchors: [''] })).toMatchObject({ kind: 'one', start: 2 })
  })

  test('stacked anchors are followed in order, each from the one before', () => {
    const place = { kind: 'one', start: classes.lastIndexOf('    return'), end: classes.length }
    expect(find(classes, ['-    return 1'], { anchors: ['class B:', '  def f():'] })).toMatchObject(place)
    expect(find(classes, ['-    return 1'], { anchors: ['class B:', 'class A:'] })).toEqual(noAnchor)
  })

  test('one missing anchor of a stack fails the chunk', () => {
    expect(find(classes, ['-class B:'], { anchors: ['class A:', 'class C:'] })).toEqual(noAnchor)
    expect(find(classes, ['-class B:'], { anchors: ['class C:', 'class A:'] })).toEqual(noAnchor)
  })

  test('several places are narrowed to the one that the last anchor heads', () => {
    const place = { kind: 'one', start: classes.indexOf('    return'), nextLine: 3 }
    expect(find(classes, ['-    return 1'], { anchors: ['class A:'] })).toMatchObject(place)
    expect(find(classes, ['-    return 1'], { anchors: ['class A:', '  def f():'] })).toMatchObject(place)
  })

  test('an anchor that may mean several lines narrows nothing', () => {
    expect(find(classes, ['-    return 1'], { anchors: ['  def f():'] })).toMatchObject({ kind: 'several', lines: [3, 6] })
    expect(find(classes, ['-    return 1'], { anchors: ['  def f():'], unique: false })).toMatchObject({
      kind: 'one',
      nextLine: 3,
    })
  })

  test('a place behind what the anchor heads is not preferred to another', () => {
    const text = 'class A:\n  pass\nclass B:\n  x\nclass C:\n  x\n'
    expect(find(text, ['-  x'], { anchors: ['class A:'] })).toMatchObject({ kind: 'several', lines: [4, 6] })
    expect(find(text, ['-  x'], { anchors: ['class A:'], unique: false })).toMatchObject({ kind: 'one', nextLine: 4 })
  })

  test('brackets at the anchor’s own indent belong to what it heads', () => {
    const text = 'f(\n  a\n)\n{\n  x\n}\ng()\n{\n  x\n}\n'
    expect(find(text, ['-  x'], { anchors: ['f('] })).toMatchObject({ kind: 'one', nextLine: 5 })
  })

  test('in flat text the anchor heads the next line that is not blank', () => {
    expect(find('# A\n\nx\n# B\n\nx\n', ['-x'], { anchors: ['# A'] })).toMatchObject({ kind: 'one', nextLine: 3 })
    expect(find('# A\n\ny\nx\n# B\n\nx\n', ['-x'], { anchors: ['# A'] })).toMatchObject({ kind: 'several', lines: [4, 7] })
  })

  test('the first anchor may lie behind the cursor, which stays', () => {
    const text = 'class A:\n  a\n  b\n  c\n'
    expect(find(text, ['-  c'], { anchors: ['class A:'], from: 2 })).toMatchObject({ kind: 'one', nextLine: 4 })
    expect(find(text, ['-  a'], { anchors: ['class A:'], from: 2 })).toEqual(noMatch)
    expect(find(text, ['-  c'], { anchors: ['class A:', '  b'], from: 2 })).toMatchObject({ kind: 'one', nextLine: 4 })
    expect(find(text, ['-  c'], { anchors: ['class A:', '  a'], from: 2 })).toEqual(noAnchor)
  })

  test('a single missing anchor is ignored if the old lines leave no doubt', () => {
    expect(find('a\nb\n', ['-b', '+B'], { anchors: ['x'] })).toEqual({
      kind: 'one',
      start: 2,
      end: 4,
      rung: 'exact',
      nextLine: 2,
      newLines: ['B'],
      ignoredAnchor: true,
    })
    for (const unique of [true, false]) {
      expect(find('b\nb\n', ['-b', '+B'], { anchors: ['x'], unique })).toEqual(noAnchor)
      expect(find('a\n', ['-b', '+B'], { anchors: ['x'], unique })).toEqual(noAnchor)
      expect(find('a\n', ['+B'], { anchors: ['x'], unique })).toEqual(noAnchor)
    }
  })
})

describe('pure additions', () => {
  test('without an anchor they go to the end of the file, and the cursor stays', () => {
    expect(find('a\nb\n', ['+c'], { from: 1 })).toEqual({
      kind: 'one',
      start: 4,
      end: 4,
      rung: 'exact',
      nextLine: 1,
      newLines: ['c'],
    })
    expect(find('', ['+c'])).toMatchObject({ start: 0, end: 0 })
    expect(find('a', ['+c'])).toMatchObject({ start: 1, end: 1 })
  })

  test('with an anchor they go right after it', () => {
    expect(find('a\nb\nc\n', ['+x'], { anchors: ['b'] })).toMatchObject({ start: 4, end: 4, nextLine: 2, newLines: ['x'] })
    expect(find('a\nb\nc\n', ['+x'], { anchors: ['a'], from: 2 })).toMatchObject({ start: 2, end: 2, nextLine: 2 })
    const behind = { anchors: ['a'], from: 3, unique: false }
    expect(find('a\na\nb\nc\n', ['+x'], behind)).toMatchObject({ start: 4, end: 4, nextLine: 3 })
  })

  test('after an anchor that may mean several lines they are ambiguous', () => {
    const ranges = [
      { start: 2, end: 2 },
      { start: 4, end: 4 },
    ]
    expect(find('a\na\n', ['+x'], { anchors: ['a'] })).toEqual({ kind: 'several', lines: [2, 3], ranges })
    expect(find('a\na\n', ['+x'], { anchors: ['a'], unique: false })).toMatchObject({ kind: 'one', start: 2 })
  })

  test('an empty context line that stands for the end of the file is one', () => {
    expect(find('a\n', [' ', '+x'])).toMatchObject({ kind: 'one', start: 2, end: 2, newLines: ['', 'x'] })
  })
})

describe('the end of the file', () => {
  test('old lines at the end match there although they stand elsewhere too', () => {
    expect(find('x\na\nx\n', ['-x', '+y'], { endOfFile: true })).toMatchObject({ kind: 'one', start: 4, rung: 'exact' })
    expect(find('x\na\nx \n', ['-x', '+y'], { endOfFile: true })).toMatchObject({
      kind: 'one',
      start: 4,
      rung: 'trailing_space',
    })
    expect(find('x\na\nx\n', ['-x', '+y', ' '], { endOfFile: true })).toMatchObject({ kind: 'one', start: 4, newLines: ['y'] })
    expect(find('x\na\nx', ['+y'], { endOfFile: true, anchors: ['a'] })).toMatchObject({ kind: 'one', start: 5, end: 5 })
  })

  test('elsewhere only a unique hit counts, and it is a guess', () => {
    for (const unique of [true, false]) {
      expect(find('x\na\n', ['-x', '+y'], { endOfFile: true, unique })).toMatchObject({ kind: 'one', start: 0, rung: 'fuzzy' })
      expect(find('x\nx\na\n', ['-x', '+y'], { endOfFile: true, unique })).toMatchObject({ kind: 'several', lines: [1, 2] })
      expect(find('x\na\n', ['-x', '+y'], { endOfFile: true, unique, from: 1 })).toEqual(noMatch)
    }
  })
})

const line = fc.constantFrom('a', 'b', ' a', 'a ', '', '  ', '“b”', '}')
const chunk = fc.record({
  lines: fc.array(fc.record({ kind: fc.constantFrom('context', 'delete', 'insert'), text: line }), { maxLength: 5 }),
  anchors: fc.array(line, { maxLength: 3 }),
  endOfFile: fc.boolean(),
})

test('whatever is found lies ahead of the cursor, holds the old lines and is one place where it has to be', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 12 }), chunk, fc.nat(14), fc.boolean(), (lines, wanted, from, unique) => {
      const index = createTextIndex(lines.join('\n'))
      const found = matchChunk(index, wanted, from, { unique })
      const ranges = found.kind === 'several' ? found.ranges : found.kind === 'one' ? [found] : []
      const replaced = ranges.filter(({ start, end }) => start < end)
      const old = wanted.lines.filter(({ kind }) => kind !== 'insert').map(({ text }) => keyOn.unicode(text))
      const holdsOldLines = ({ start, end }: Range) => {
        const own = index.text.slice(start, end).replace(/\n$/, '').split('\n').map(keyOn.unicode)
        return own.every((text, i) => text === old[i]) && own.length >= old.length - 1
      }
      expect(replaced.filter((range) => !holdsOldLines(range))).toEqual([])
      expect(replaced.filter(({ start }) => start < (index.starts[from] ?? index.text.length))).toEqual([])
      expect(found.kind === 'several' ? found.lines.length > 1 : true).toBe(true)
      expect(found.kind === 'one' ? found.nextLine >= from : true).toBe(true)
      expect(found.kind === 'one' ? found.newLines.length : 0).toBeLessThanOrEqual(wanted.lines.length)
    }),
    { numRuns: 2000 },
  )
})
