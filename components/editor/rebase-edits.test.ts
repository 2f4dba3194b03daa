import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rebaseEdits } from './rebase-edits.ts'
import { minimalEdit, type TextEdit } from './text-edits.ts'

const applied = (text: string, edits: TextEdit[]) =>
  edits.reduceRight((after, edit) => after.slice(0, edit.offset) + edit.text + after.slice(edit.offset + edit.length), text)

const base = 'const a = 1\nconst b = a\n\nfunction f() {\n  return a + b\n}\n'
const renamed: TextEdit[] = [6, base.indexOf('= a') + 2, base.indexOf('return a') + 7].map((offset) => ({
  offset,
  length: 1,
  text: 'first',
}))

test('edits of an unchanged text stay as they are', () => {
  expect(rebaseEdits(renamed, base, base)).toEqual(renamed)
})

test('edits move with what others wrote between them', () => {
  const now = `// written meanwhile\n${base.replace('\n\n', '\n\n// here too\n')}`
  expect(applied(now, rebaseEdits(renamed, base, now))).toBe(
    '// written meanwhile\nconst first = 1\nconst b = first\n\n// here too\nfunction f() {\n  return first + b\n}\n',
  )
})

test('where others changed the same line theirs stays, and the other edits are made', () => {
  const now = base.replace('const b = a', 'const b = a * 2')
  expect(applied(now, rebaseEdits(renamed, base, now))).toBe(
    'const first = 1\nconst b = a * 2\n\nfunction f() {\n  return first + b\n}\n',
  )
})

test('no line that others wrote is lost', () => {
  const line = fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd e\n')
  const lines = fc.array(line, { maxLength: 12 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(lines, lines, fc.array(fc.nat(9), { maxLength: 4 }), (before, own, places) => {
      const edit = minimalEdit(before, own)
      const parts = before.split('\n')
      for (const place of places) parts.splice(Math.min(place, parts.length - 1), 0, 'THEIRS')
      const now = parts.join('\n')
      const after = applied(now, rebaseEdits(edit === undefined ? [] : [edit], before, now))
      expect(after.split('THEIRS').length).toBe(now.split('THEIRS').length)
    }),
    { numRuns: 500 },
  )
})
