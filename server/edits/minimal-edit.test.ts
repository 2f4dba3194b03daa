import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minimalEdits, successiveEdits, type TextEdit } from './minimal-edit.ts'

function apply(text: string, edits: TextEdit[]): string {
  return edits.toReversed().reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text)
}

/** The edits as a person would mark them: `[-old-]{+new+}`. */
function show(oldText: string, newText: string): string {
  const edits = minimalEdits(oldText, newText)
  expect(apply(oldText, edits)).toBe(newText)
  const marked = edits.map((edit) => ({
    ...edit,
    text:
      (edit.end > edit.start ? `[-${oldText.slice(edit.start, edit.end)}-]` : '') +
      (edit.text === '' ? '' : `{+${edit.text}+}`),
  }))
  return apply(oldText, marked)
}

describe('an edit touches only what differs', () => {
  test('equal texts have no edits', () => {
    expect(minimalEdits('a\nb\n', 'a\nb\n')).toEqual([])
    expect(minimalEdits('', '')).toEqual([])
  })

  test('words change inside a line', () => {
    expect(show('x\n  return sum(a, b)\ny\n', 'x\n  return total(a, b, c)\ny\n')).toBe(
      'x\n  return [-sum-]{+total+}(a, b{+, c+})\ny\n',
    )
  })

  test('what two words have in common stays', () => {
    expect(show('const count = 1\n', 'const counter = 1\n')).toBe('const count{+er+} = 1\n')
    expect(show('getUserName()\n', 'getUserId()\n')).toBe('getUser[-Name-]{+Id+}()\n')
  })

  test('lines are inserted and deleted whole', () => {
    expect(show('a\nb\n', 'a\nnew\nb\n')).toBe('a\n{+new\n+}b\n')
    expect(show('a\nold\nb\n', 'a\nb\n')).toBe('a\n[-old\n-]b\n')
    expect(show('', 'a\nb\n')).toBe('{+a\nb\n+}')
    expect(show('a\nb\n', '')).toBe('[-a\nb\n-]')
  })

  test('distant changes are separate edits', () => {
    expect(show('let a = 1\nx\nlet b = 2\n', 'let a = 3\nx\nlet b = 4\n')).toBe('let a = [-1-]{+3+}\nx\nlet b = [-2-]{+4+}\n')
  })

  test('wrapped code is indented by insertions only', () => {
    expect(show('run()\nstop()\n', 'if (x) {\n  run()\n  stop()\n}\n')).toBe('{+if (x) {\n  +}run()\n{+  +}stop()\n{+}\n+}')
  })

  test('the final line feed is a character like any other', () => {
    expect(show('a\nb', 'a\nb\n')).toBe('a\nb{+\n+}')
    expect(show('a\nb\n', 'a\nb')).toBe('a\nb[-\n-]')
  })

  test('passages that have nothing to do with each other are replaced in one piece', () => {
    expect(show('alpha(beta, gamma)\n', 'while one two: three\n')).toBe('[-alpha(beta, gamma)-]{+while one two: three+}\n')
  })

  test('a passage that is too large for one comparison is compared line by line', () => {
    const lines = Array.from({ length: 400 }, (_, i) => `const value${i} = first(${i}, options)\n`)
    const oldText = lines.join('')
    const newText = oldText.replaceAll('first', 'second')
    expect(minimalEdits(oldText, newText)).toHaveLength(400)
    expect(apply(oldText, minimalEdits(oldText, newText))).toBe(newText)
  })

  test('of hundreds of edits those that are closest to each other become one', () => {
    const oldText = Array.from({ length: 1_000 }, (_, line) => `old ${line} of these lines\n`).join('')
    const newText = oldText.replaceAll('old', 'new')
    const edits = minimalEdits(oldText, newText)
    expect(edits.length).toBeGreaterThan(100)
    expect(edits.length).toBeLessThanOrEqual(500)
    expect(apply(oldText, edits)).toBe(newText)
    const far = `${'between\n'.repeat(300)}here 1\n`
    expect(minimalEdits(oldText + far, newText + far.replace('1', '2')).at(-1)).toMatchObject({ text: '2' })
  })

  test('a surrogate pair is never cut', () => {
    expect(show('x = "😀"\n', 'x = "😁"\n')).toBe('x = "[-😀-]{+😁+}"\n')
    expect(show('a\u{1f600}\n', 'a\u{1fa00}\n')).toBe('a[-\u{1f600}-]{+\u{1fa00}+}\n')
    expect(show('\u{1f600}\u{1f600}', '\u{1f600}')).toBe('\u{1f600}[-\u{1f600}-]')
  })
})

const fragment = fc.constantFrom(
  'a',
  'b',
  ' ',
  '  ',
  '\n',
  '\n\n',
  'foo',
  'bar',
  '(',
  ')',
  '😀',
  '😁',
  '\ud83d',
  '\ude00',
  '.',
  ';\n',
  '\r',
)
const text = fc.array(fragment, { maxLength: 40 }).map((fragments) => fragments.join(''))
/** A text and one that was made of it by a few changes. */
const related = fc
  .tuple(text, fc.array(fc.tuple(fc.nat(), fc.nat(6), fc.array(fragment, { maxLength: 3 })), { maxLength: 4 }))
  .map(([oldText, changes]): [string, string] => {
    let newText = oldText
    for (const [at, length, inserted] of changes) {
      const start = at % (newText.length + 1)
      newText = newText.slice(0, start) + inserted.join('') + newText.slice(start + length)
    }
    return [oldText, newText]
  })

function cutsPair(text: string, offset: number): boolean {
  const pair = /^[\ud800-\udbff][\udc00-\udfff]$/
  return pair.test(text.slice(Math.max(0, offset - 1), offset + 1))
}

test('edits reproduce the new text, ascend without touching, change something and cut no pair', () => {
  fc.assert(
    fc.property(fc.oneof(related, fc.tuple(text, text)), ([oldText, newText]) => {
      const edits = minimalEdits(oldText, newText)
      expect(apply(oldText, edits)).toBe(newText)
      let end = -1
      let shift = 0
      for (const edit of edits) {
        expect(edit.start).toBeGreaterThan(end)
        expect(edit.end).toBeGreaterThanOrEqual(edit.start)
        end = edit.end
        const replaced = oldText.slice(edit.start, edit.end)
        expect(edit.text).not.toBe(replaced)
        expect([edit, cutsPair(oldText, edit.start), cutsPair(oldText, edit.end)]).toEqual([edit, false, false])
        const place = edit.start + shift
        expect([edit, cutsPair(newText, place), cutsPair(newText, place + edit.text.length)]).toEqual([edit, false, false])
        shift += edit.text.length - replaced.length
      }
    }),
    { numRuns: 1000 },
  )
})

test('edits that are made one after the other give the new text where the old one stood', () => {
  fc.assert(
    fc.property(related, fc.string(), ([oldText, newText], above) => {
      const edits = successiveEdits(oldText, newText, above.length)
      const made = edits.reduce((now, edit) => now.slice(0, edit.start) + edit.text + now.slice(edit.end), above + oldText)
      expect(made).toBe(above + newText)
    }),
  )
})

test('large and very different texts take no quadratic time', () => {
  const lines = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i)).join('\n')
  const cases: [string, string][] = [
    [lines(20_000, (i) => `a${i}`), lines(20_000, (i) => `b${i}`)],
    [lines(20_000, (i) => `a${i}`), lines(20_000, (i) => (i % 3 === 0 ? `a${i}` : `b${i}`))],
    [lines(20_000, (i) => `${i % 2}`), lines(20_000, (i) => `${i % 3}`)],
    ['x '.repeat(100_000), 'y '.repeat(100_000)],
    ['a1 b2 '.repeat(1_000), 'b2 c3 '.repeat(1_000)],
  ]
  for (const [oldText, newText] of cases) {
    const started = performance.now()
    expect(apply(oldText, minimalEdits(oldText, newText))).toBe(newText)
    expect(performance.now() - started).toBeLessThan(10_000)
  }
}, 60_000)
