import { expect, test } from 'vitest'
import { change, changed, lines, readBlocks } from './answer-parser.test-support.ts'

test('a path and a fence make a file', () => {
  const answer = lines('New file:', '', 'src/a.ts', '', '```ts', 'one', '', 'two', '```', 'end')
  expect(readBlocks(answer)).toEqual({
    blocks: [{ path: 'src/a.ts', replace: ['one', '', 'two'], state: 'complete' }],
    seen: 'New file:\n\nend\n',
    tolerances: {},
  })
})

test('a file of one to five lines, and an empty one, is read alike', () => {
  for (const content of [[], ['1'], ['1', '2'], ['', '', '3'], ['1', '2', '3', '4', '5']])
    expect(readBlocks(lines('a.ts', '```', ...content, '```')).blocks).toEqual([
      { path: 'a.ts', replace: content, state: 'complete' },
    ])
})

test('the path may be in the info string', () => {
  for (const info of ['ts src/a.ts', 'src/a.ts', 'ts:src/a.ts', 'ts title="src/a.ts"', 'ts filename=src/a.ts {1,3}'])
    expect(readBlocks(lines(`\`\`\`${info}`, 'x', '```'))).toEqual({
      blocks: [{ path: 'src/a.ts', replace: ['x'], state: 'complete' }],
      seen: '',
      tolerances: { path_in_info_string: 1 },
    })
})

test('a fence without a path is chat, whatever stands in it', () => {
  for (const before of ['Use it like this:', 'Run `src/a.ts` like this:', 'src/a.ts\n\n', 'Node', ''])
    expect(readBlocks(lines(before, '```ts', 'src/b.ts', 'let a = 1', '```')).blocks).toEqual([])
  for (const info of ['asp.net', 'c++', 'python {1,3}', 'js live', 'node.js'])
    expect(readBlocks(lines(`\`\`\`${info}`, 'x', '```')).blocks).toEqual([])
})

test('backquotes on both sides of a line are not a fence', () => {
  expect(readBlocks(lines('```x```', 'a.ts', '```', 'y', '```')).blocks).toEqual([
    { path: 'a.ts', replace: ['y'], state: 'complete' },
  ])
})

test('a path inside a chat fence does not begin a file', () => {
  expect(readBlocks(lines('````', 'src/a.ts', '```ts', 'x', '```', '````', 'end')).blocks).toEqual([])
})

test('a longer fence, or one of tildes, keeps the fences inside it', () => {
  const content = ['# Title', '```sh', 'npm start', '```', 'end']
  expect(readBlocks(lines('README.md', '````md', ...content, '````'))).toMatchObject({
    blocks: [{ replace: content }],
    tolerances: {},
  })
  expect(readBlocks(lines('README.md', '~~~', ...content, '~~~'))).toMatchObject({
    blocks: [{ replace: content }],
    tolerances: {},
  })
})

test('in a Markdown file a fence that names its language is closed before the file is', () => {
  const content = ['# Title', '```sh', 'npm start', '```', '', '```ts', 'x', '```', 'end']
  expect(readBlocks(lines('README.md', '```md', ...content, '```', 'chat'))).toEqual({
    blocks: [{ path: 'README.md', replace: content, state: 'complete' }],
    seen: 'chat\n',
    tolerances: { nested_fence: 2 },
  })
})

test('in other files the first closing fence ends the file', () => {
  expect(readBlocks(lines('a.ts', '```ts', '1', '2', '3', '```ts', '```', 'chat'))).toMatchObject({
    blocks: [{ replace: ['1', '2', '3', '```ts'], state: 'complete' }],
    seen: 'chat\n',
  })
})

test('a shorter fence, another character or an info string does not close', () => {
  const content = ['1', '2', '3', '```', '~~~~', '````ts', '    ````']
  expect(readBlocks(lines('a.txt', '````', ...content, '````')).blocks).toMatchObject([{ replace: content, state: 'complete' }])
})

test('markers inside a file are content', () => {
  const content = ['1', '2', '3', ...change]
  expect(readBlocks(lines('a.txt', '```', ...content, '```')).blocks).toEqual([
    { path: 'a.txt', replace: content, state: 'complete' },
  ])
})

test('the end of a search/replace block without its beginning is told', () => {
  const answer = lines('a.ts', '```', 'old', '=======', 'new', '>>>>>>> REPLACE', '```')
  expect(readBlocks(answer).blocks).toMatchObject([{ state: 'complete', problems: ['missing_search_marker'] }])
})

test('a diff where the file was expected is told', () => {
  expect(readBlocks(lines('a.ts', '```diff', '-old', '+new', '```')).blocks).toMatchObject([{ problems: ['diff_in_fence'] }])
  expect(readBlocks(lines('fix.patch', '```diff', '-old', '+new', '```')).blocks[0]).not.toHaveProperty('problems')
})

test('a file with left-out code says so', () => {
  const answer = lines('a.ts', '```', 'import x', '// ... existing code ...', 'end', '```')
  expect(readBlocks(answer).blocks).toMatchObject([{ state: 'complete', elided: true }])
})

test('formats mix in one answer', () => {
  const answer = lines('a.ts', '```', ...change, '```', 'b.ts', '```', '1', '```', '```', 'example', '```', 'c.ts', ...change)
  expect(readBlocks(answer)).toMatchObject({
    blocks: [
      { path: 'a.ts', ...changed },
      { path: 'b.ts', replace: ['1'] },
      { path: 'c.ts', ...changed },
    ],
    seen: '```\nexample\n```\n',
  })
})
