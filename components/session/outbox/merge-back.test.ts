import { expect, test } from 'vitest'
import { lineEdits, mergeBack } from './merge-back.ts'

const lines = (...some: string[]) => some.map((line) => `${line}\n`).join('')
const ten = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const changed = (changes: Record<string, string>) => lines(...ten.map((line) => changes[line] ?? line))

test('one’s own changes go into a text that others have changed elsewhere', () => {
  const mine = changed({ two: 'TWO' })
  expect(mergeBack(lines(...ten), mine, lines(...ten))).toBe(mine)
  expect(mergeBack(lines(...ten), mine, changed({ nine: 'NINE' }))).toBe(changed({ two: 'TWO', nine: 'NINE' }))
  expect(mergeBack(lines(...ten), mine, lines('zero', ...ten))).toBe(lines('zero', 'one', 'TWO', ...ten.slice(2)))
  expect(mergeBack(lines(...ten), mine, changed({ four: 'FOUR' }))).toBe(changed({ two: 'TWO', four: 'FOUR' }))
})

test('where others have changed the same lines, nothing is decided for the person', () => {
  expect(mergeBack(lines(...ten), changed({ two: 'TWO' }), changed({ two: 'zwei' }))).toBeUndefined()
})

test('what stands there already is left', () => {
  const mine = changed({ two: 'TWO' })
  expect(mergeBack(lines(...ten), mine, mine)).toBe(mine)
})

test('texts without a last line end, and empty ones, keep what they have', () => {
  expect(mergeBack('a\nb', 'a\nb\nc', 'a\nb')).toBe('a\nb\nc')
  expect(mergeBack('', 'mine', '')).toBe('mine')
  expect(mergeBack('gone', '', 'gone')).toBe('')
})

test('the edits of a change make the new text of the old one, from the end to the start', () => {
  const pairs = [
    ['', 'a\nb'],
    ['a\nb\n', ''],
    [lines(...ten), changed({ one: 'ONE', five: 'FIVE\nand more', ten: '' })],
  ] as const
  for (const [before, after] of pairs) {
    const result = lineEdits(before, after).reduce(
      (text, { offset, length, text: inserted }) => text.slice(0, offset) + inserted + text.slice(offset + length),
      before,
    )
    expect(result).toBe(after)
  }
  expect(lineEdits(lines(...ten), changed({ two: 'TWO' }))).toEqual([{ offset: 4, length: 4, text: 'TWO\n' }])
})
