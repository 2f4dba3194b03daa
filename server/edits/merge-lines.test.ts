import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeLines } from './merge-lines.ts'

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('')
const base = lines('a', 'b', 'c', 'd')

test('Changes of different lines are both kept, also of neighbouring ones.', () => {
  expect(mergeLines(base, lines('a', 'B', 'c', 'd'), lines('a', 'b', 'c', 'D'))).toEqual({
    kind: 'clean',
    text: lines('a', 'B', 'c', 'D'),
  })
  expect(mergeLines(base, lines('a', 'B', 'c', 'd'), lines('a', 'b', 'C', 'd'))).toEqual({
    kind: 'clean',
    text: lines('a', 'B', 'C', 'd'),
  })
})

test('What one side inserts at the edge of what the other one replaces or deletes stays on its side.', () => {
  const inserted = lines('a', 'new', 'b', 'c', 'd')
  expect(mergeLines(base, inserted, lines('a', 'B', 'c', 'd')).text).toBe(lines('a', 'new', 'B', 'c', 'd'))
  expect(mergeLines(base, lines('A', 'b', 'c', 'd'), inserted).text).toBe(lines('A', 'new', 'b', 'c', 'd'))
  expect(mergeLines(base, inserted, lines('b', 'c', 'd')).text).toBe(lines('new', 'b', 'c', 'd'))
})

test('Two insertions at one place are both kept, ours first; the same one is made once.', () => {
  expect(mergeLines(base, lines('a', 'x', 'b', 'c', 'd'), lines('a', 'y', 'b', 'c', 'd'))).toEqual({
    kind: 'clean',
    text: lines('a', 'x', 'y', 'b', 'c', 'd'),
  })
  expect(mergeLines(base, lines('a', 'x', 'b', 'c', 'd'), lines('a', 'x', 'b', 'c', 'd'))).toEqual({
    kind: 'clean',
    text: lines('a', 'x', 'b', 'c', 'd'),
  })
})

test('The same line changed in the same way is no conflict, changed differently it is one, and theirs is told.', () => {
  expect(mergeLines(base, lines('a', 'X', 'c', 'd'), lines('a', 'X', 'c', 'd'))).toEqual({
    kind: 'clean',
    text: lines('a', 'X', 'c', 'd'),
  })
  expect(mergeLines(base, lines('a', 'X', 'c', 'D'), lines('a', 'Y', 'c', 'd'))).toEqual({
    kind: 'conflict',
    text: lines('a', 'Y', 'c', 'D'),
  })
})

test('A change of a line that the other side deleted, or an insertion into what it replaced, is a conflict.', () => {
  expect(mergeLines(base, lines('a', 'X', 'c', 'd'), lines('a', 'c', 'd')).kind).toBe('conflict')
  expect(mergeLines(base, lines('a', 'b', 'new', 'c', 'd'), lines('a', 'BC', 'd')).kind).toBe('conflict')
})

test('A last line without its line feed is a line of its own kind.', () => {
  expect(mergeLines('a\nb', 'A\nb', 'a\nb\nc\n')).toEqual({ kind: 'clean', text: 'A\nb\nc\n' })
  expect(mergeLines('', 'x\n', 'y\n')).toEqual({ kind: 'clean', text: 'x\ny\n' })
})

const line = fc.constantFrom('a', 'b', 'c', 'd', 'e', '')
const text = fc.array(line, { maxLength: 10 }).map((all) => lines(...all))

test('A side that changed nothing leaves the other one; what merges cleanly merges the other way round too.', () => {
  fc.assert(
    fc.property(text, text, text, (one, two, three) => {
      expect(mergeLines(one, one, two)).toEqual({ kind: 'clean', text: two })
      expect(mergeLines(one, two, one)).toEqual({ kind: 'clean', text: two })
      expect(mergeLines(one, two, two)).toEqual({ kind: 'clean', text: two })
      expect(mergeLines(one, two, three).kind).toBe(mergeLines(one, three, two).kind)
    }),
    { numRuns: 2_000 },
  )
})

test('In a clean merge no line that ours added is missing, and none that theirs added.', () => {
  const unique = (name: string) =>
    fc.array(fc.constantFrom('keep', 'drop', 'insert'), { minLength: 8, maxLength: 8 }).map((steps) => ({ name, steps }))
  fc.assert(
    fc.property(unique('mine'), unique('other'), (mine, other) => {
      const old = Array.from({ length: 8 }, (_, index) => `line ${index}`)
      const side = ({ name, steps }: { name: string; steps: string[] }) =>
        lines(
          ...old.flatMap((known, index) =>
            steps[index] === 'keep' ? [known] : steps[index] === 'drop' ? [] : [`${name} ${index}`, known],
          ),
        )
      const merged = mergeLines(lines(...old), side(mine), side(other))
      fc.pre(merged.kind === 'clean')
      for (const { name, steps } of [mine, other]) {
        const indexes = steps.map((_, index) => index)
        const inserted = indexes.filter((index) => steps[index] === 'insert')
        const dropped = indexes.filter((index) => steps[index] === 'drop')
        expect(inserted.filter((index) => !merged.text.includes(`${name} ${index}\n`))).toEqual([])
        expect(dropped.filter((index) => `\n${merged.text}`.includes(`\nline ${index}\n`))).toEqual([])
      }
    }),
    { numRuns: 2_000 },
  )
})
