import { expect, test } from 'vitest'
import { offeredPrompts } from './inline-edit-prompts.ts'

const recorded = [
  { title: 'Of the chat', prompt: 'Explain' },
  { title: 'Here', prompt: 'Rename', selection: { path: 'a.ts', text: 'two()\n' } },
  { title: 'Also here', prompt: 'Comment', selection: { path: 'a.ts', text: 'two()\n' } },
  { title: 'There', prompt: 'Sort', selection: { path: 'a.ts', text: 'three()\n' } },
  { title: 'Gone', prompt: 'Delete', selection: { path: 'a.ts', text: 'five()\n' } },
  { title: 'Another file', prompt: 'Write', selection: { path: 'b.ts', text: 'two()\n' } },
]
const text = 'one()\ntwo()\nthree()\n'

test('prompts of exactly the selected lines are offered', () => {
  expect(offeredPrompts(recorded, 'a.ts', text, { start: 6, end: 12 })).toEqual([
    { title: 'Here', prompt: 'Rename' },
    { title: 'Also here', prompt: 'Comment' },
  ])
})

test('where there are none, those of other lines of the file are, with their line', () => {
  expect(offeredPrompts(recorded, 'a.ts', text, { start: 0, end: 6 })).toEqual([
    { title: 'Here', prompt: 'Rename', at: { start: 6, end: 12, line: 2 } },
    { title: 'Also here', prompt: 'Comment', at: { start: 6, end: 12, line: 2 } },
    { title: 'There', prompt: 'Sort', at: { start: 12, end: 20, line: 3 } },
  ])
})

test('a file without recordings offers nothing', () => {
  expect(offeredPrompts(recorded, 'c.ts', text, { start: 0, end: 6 })).toEqual([])
})
