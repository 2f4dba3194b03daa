import { expect, test } from 'vitest'
import { createInlineParser } from './inline-parser.ts'
import type { EndReason } from '#protocol/turns.ts'

const selected = { path: 'src/a.ts', lines: ['old()', '// ... as before ...'], place: { start: 4, end: 31 } }

function read(
  answer: string,
  reason: EndReason = 'complete',
  path = selected.path,
  limits?: { lineLength: number; answerLength: number },
) {
  const parser = createInlineParser({ ...selected, path }, limits)
  return [...parser.push(answer), ...parser.end(reason)]
}

const head = (at: number, path = selected.path) => [
  { type: 'blockStart', block: 1, at, path, format: 'search_replace', place: { start: 4, end: 31 } },
  { type: 'searchLine', block: 1, text: 'old()' },
  { type: 'searchLine', block: 1, text: '// ... as before ...' },
  { type: 'searchEnd', block: 1 },
]
const lines = (...texts: string[]) => texts.map((text) => ({ type: 'replaceLine', block: 1, text }))
const end = (at: number, more: { state?: string; elided?: boolean } = {}) => ({
  type: 'blockEnd',
  block: 1,
  at,
  state: 'complete',
  elided: false,
  ...more,
})

test('The first fenced block is the new text of the selected lines; what stands around it is chat.', () => {
  const answer = 'Sure.\n```ts\n  new()\n\n```\nDone:\n```ts\nother()\n```\n'
  expect(read(answer)).toEqual([...head(6), ...lines('  new()', ''), end(25)])
})

test('An answer without a fence changes nothing.', () => {
  expect(read('These lines are fine as they are.\n')).toEqual([])
})

test('An empty block deletes the lines.', () => {
  expect(read('```\n```')).toEqual([...head(0), end(7)])
})

test('A longer fence holds a shorter one, and in Markdown a block holds a block.', () => {
  expect(read('````\n```\n````\n')).toEqual([...head(0), ...lines('```'), end(14)])
  expect(read('```md\n```ts\nx\n```\n```\n', 'complete', 'README.md')).toEqual([
    ...head(0, 'README.md'),
    ...lines('```ts', 'x', '```'),
    end(22),
  ])
})

test('A block without its end is not applied: broken when the answer is over, aborted when it was cut off.', () => {
  expect(read('```\nnew()\n')).toEqual([
    ...head(0),
    ...lines('new()'),
    { type: 'malformed', block: 1, code: 'missing_fence', line: 3, excerpt: '', at: 10 },
    end(10, { state: 'aborted' }),
  ])
  expect(read('```\nnew()\nhal', 'stopped')).toEqual([...head(0), ...lines('new()'), end(13, { state: 'aborted' })])
})

test('A line that stands for code that was left out is told, unless it was selected.', () => {
  expect(read('```\n// ... as before ...\n```\n')).toContainEqual(end(29))
  expect(read('```\n// ... existing code ...\n```\n')).toContainEqual(end(33, { elided: true }))
})

test('A diff, or the markers of one, is not new text.', () => {
  const problem = (answer: string) => read(answer).flatMap((event) => (event.type === 'malformed' ? [event.code] : []))
  expect(problem('```diff\n-old()\n+new()\n```\n')).toEqual(['diff_in_fence'])
  expect(problem('```\n<<<<<<< SEARCH\nold()\n=======\nnew()\n>>>>>>> REPLACE\n```\n')).toEqual([
    'diff_in_fence',
    'diff_in_fence',
  ])
})

test('A line or an answer that is too long ends the block as broken.', () => {
  expect(read(`\`\`\`\n${'x'.repeat(20)}\n`, 'complete', selected.path, { lineLength: 10, answerLength: 100 })).toContainEqual(
    expect.objectContaining({ type: 'malformed', code: 'line_too_long' }),
  )
  expect(
    read(`\`\`\`\n${'x\n'.repeat(60)}\`\`\`\n`, 'complete', selected.path, { lineLength: 10, answerLength: 100 }).slice(-2),
  ).toEqual([expect.objectContaining({ type: 'malformed', code: 'answer_too_long', at: 100 }), end(100, { state: 'aborted' })])
})
