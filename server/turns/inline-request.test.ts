import { expect, test } from 'vitest'
import { inlineMessages } from './inline-request.ts'

const numbered = Array.from({ length: 40 }, (_, index) => `line ${index + 1}\n`)
const text = numbered.join('')

function shown(fromLine: number, toLine: number, characters: number): string {
  const start = numbered.slice(0, fromLine - 1).join('').length
  const end = numbered.slice(0, toLine).join('').length
  const lines = { start, end, fromLine, toLine }
  return inlineMessages({ path: 'a.txt', text, lines, prompt: 'Change', characters })[1]?.content ?? ''
}

test('A file that is too long is shown around the selection, in whole lines, and that is said.', () => {
  expect(shown(20, 20, 40)).toBe(
    'The file is a.txt; lines far from the selection are left out.\n\n' +
      'Before the selection:\n```\nline 18\nline 19\n```\n\n' +
      'The selected lines, 20 to 20:\n```\nline 20\n```\n\n' +
      'After the selection:\n```\nline 21\nline 22\n```',
  )
})

test('What one side does not need is given to the other.', () => {
  const content = shown(39, 40, 100)
  expect(content).not.toContain('After the selection')
  expect(content.match(/line \d+/g)).toHaveLength(12)
})

test('The selected lines are shown however little room there is.', () => {
  expect(shown(2, 3, 0)).toContain('The selected lines, 2 to 3:\n```\nline 2\nline 3\n```')
})
