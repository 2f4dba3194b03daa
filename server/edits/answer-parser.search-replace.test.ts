import { expect, test } from 'vitest'
import { createAnswerParser } from './answer-parser.ts'
import { change, changed, lines, readBlocks } from './answer-parser.test-support.ts'
import type { ParserEvent } from './parser-events.ts'

test('a path, a fence and a block become one edit, and the chat text around it stays', () => {
  const answer = lines('I change it.', '', 'src/a.ts', '```ts', ...change, '```', '', 'Done.')
  expect(readBlocks(answer)).toEqual({
    blocks: [{ path: 'src/a.ts', ...changed }],
    seen: 'I change it.\n\n\nDone.\n',
    tolerances: {},
  })
})

test('events carry offsets that include the path and both fence lines', () => {
  const parser = createAnswerParser()
  const answer = lines('Hi', 'a.ts', '```ts', ...change, '```', 'bye')
  const events: ParserEvent[] = [...parser.push(answer), ...parser.end('complete')]
  expect(events).toEqual([
    { type: 'blockStart', block: 1, at: 3, path: 'a.ts', format: 'search_replace' },
    { type: 'searchLine', block: 1, text: 'old' },
    { type: 'searchEnd', block: 1 },
    { type: 'replaceLine', block: 1, text: 'new' },
    { type: 'blockEnd', block: 1, at: answer.indexOf('bye'), state: 'complete', elided: false },
  ])
})

test('several blocks in one fence are blocks of one file; the fence belongs to the first and to the last', () => {
  const answer = lines('a.ts', '```', ...change, '', ...change, ...change, '```', 'end')
  expect(readBlocks(answer)).toEqual({
    blocks: [
      { path: 'a.ts', ...changed },
      { path: 'a.ts', ...changed },
      { path: 'a.ts', ...changed },
    ],
    seen: 'end\n',
    tolerances: {},
  })
})

test('a path between two blocks of one fence changes the file', () => {
  const answer = lines('a.ts', '```', ...change, '', 'b.ts', ...change, '', ...change, '```')
  expect(readBlocks(answer).blocks.map(({ path }) => path)).toEqual(['a.ts', 'b.ts', 'b.ts'])
})

test('a block without a fence needs none', () => {
  expect(readBlocks(lines('a.ts', ...change, 'text'))).toEqual({
    blocks: [{ path: 'a.ts', ...changed }],
    seen: 'text\n',
    tolerances: {},
  })
})

test('the path may stand inside the fence, also without one before it', () => {
  const answer = lines('Look:', '', '```ts', 'src/a.ts', ...change, '```')
  expect(readBlocks(answer)).toEqual({ blocks: [{ path: 'src/a.ts', ...changed }], seen: 'Look:\n\n', tolerances: {} })
})

test('the path inside the fence is nearer than the one before it', () => {
  expect(readBlocks(lines('a.ts', '```', 'b.ts', ...change, '```')).blocks[0]?.path).toBe('b.ts')
})

test('a path three lines above the marker is found, four lines above it is not', () => {
  expect(readBlocks(lines('a.ts', '', '', ...change)).blocks[0]?.path).toBe('a.ts')
  expect(readBlocks(lines('a.ts', '', '', '', ...change)).blocks[0]).toEqual({ path: '', ...changed, problems: ['no_path'] })
})

test('the path may be in the info string', () => {
  expect(readBlocks(lines('```ts src/a.ts', ...change, '```'))).toEqual({
    blocks: [{ path: 'src/a.ts', ...changed }],
    seen: '',
    tolerances: { path_in_info_string: 1 },
  })
})

test('a sentence that names one path in backquotes will do, and stays visible', () => {
  expect(readBlocks(lines('In `src/a.ts` we now do this:', '', '```ts', ...change, '```'))).toEqual({
    blocks: [{ path: 'src/a.ts', ...changed }],
    seen: 'In `src/a.ts` we now do this:\n\n',
    tolerances: { path_in_sentence: 1 },
  })
})

test('a comment inside the fence that names a file is not a path', () => {
  const answer = lines('a.ts', '```', ...change, '// as in `b.ts`', ...change, '```')
  expect(readBlocks(answer).blocks.map(({ path }) => path)).toEqual(['a.ts', 'a.ts'])
})

test('without a path it is the file of the block before', () => {
  const answer = lines('a.ts', '```', ...change, '```', 'And then:', '```', ...change, '```')
  expect(readBlocks(answer)).toEqual({
    blocks: [
      { path: 'a.ts', ...changed },
      { path: 'a.ts', ...changed },
    ],
    seen: 'And then:\n',
    tolerances: { previous_path: 1 },
  })
})

test('without any path the block is told with its text, as malformed', () => {
  expect(readBlocks(lines(...change)).blocks).toEqual([{ path: '', ...changed, problems: ['no_path'] }])
})

test('a path that leads out of the session is refused, and the text of the block is told', () => {
  for (const path of ['/etc/passwd', 'C:\\a.ts', '~/a.ts', '../a.ts', 'src/../../a.ts', 'src//a.ts', 'src/./a.ts', 'a\0.ts']) {
    expect(readBlocks(lines(path, '```', ...change, '```')).blocks).toEqual([{ path, ...changed, problems: ['refused_path'] }])
  }
})

test('markers of 5 to 9 signs are markers, 4 and 10 are text', () => {
  const block = (signs: number) => [
    `${'<'.repeat(signs)} SEARCH`,
    'old',
    '='.repeat(signs),
    'new',
    `${'>'.repeat(signs)} REPLACE`,
  ]
  for (const signs of [5, 6, 8, 9])
    expect(readBlocks(lines('a.ts', ...block(signs)))).toMatchObject({ blocks: [changed], tolerances: { marker_length: 3 } })
  for (const signs of [4, 10]) expect(readBlocks(lines('a.ts', ...block(signs))).blocks).toEqual([])
})

test('a bracket after SEARCH and spaces after markers are tolerated and counted', () => {
  const answer = lines('a.ts', '<<<<<<< SEARCH>', 'old', '======= ', 'new', '>>>>>>> REPLACE\t')
  expect(readBlocks(answer)).toMatchObject({
    blocks: [changed],
    tolerances: { search_marker_bracket: 1, marker_trailing_space: 2 },
  })
})

test('carriage returns are stripped, one per line', () => {
  const answer = lines('a.ts', ...change)
    .replaceAll('\n', '\r\n')
    .replace('new', 'new\r')
  expect(readBlocks(answer)).toMatchObject({
    blocks: [{ path: 'a.ts', search: ['old'], replace: ['new\r'], state: 'complete' }],
    tolerances: { carriage_return: 6 },
  })
})

test('the first divider ends the search part, a divider in the replace part is content', () => {
  const answer = lines('a.md', '<<<<<<< SEARCH', 'Title', '=======', 'New', '=======', 'text', '>>>>>>> REPLACE')
  expect(readBlocks(answer).blocks).toEqual([
    { path: 'a.md', search: ['Title'], replace: ['New', '=======', 'text'], state: 'complete' },
  ])
})

test('either part may be empty', () => {
  const answer = lines('a.ts', '<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE')
  expect(readBlocks(answer).blocks).toEqual([{ path: 'a.ts', search: [], replace: [], state: 'complete' }])
})

test('indented markers and fences inside a part are content', () => {
  const answer = lines(
    'a.md',
    '````',
    '<<<<<<< SEARCH',
    ' <<<<<<< SEARCH',
    '```',
    '=======',
    '```ts',
    '```',
    '>>>>>>> REPLACE',
    '````',
  )
  expect(readBlocks(answer).blocks).toEqual([
    { path: 'a.md', search: [' <<<<<<< SEARCH', '```'], replace: ['```ts', '```'], state: 'complete' },
  ])
})

test('fence lines in the replace part are content even if they could close the fence', () => {
  const answer = lines(
    'a.md',
    '```',
    '<<<<<<< SEARCH',
    'x',
    '=======',
    '```',
    '',
    '```',
    '',
    'y',
    '```',
    '',
    '>>>>>>> REPLACE',
    '```',
  )
  expect(readBlocks(answer)).toMatchObject({
    blocks: [{ replace: ['```', '', '```', '', 'y', '```', ''], state: 'complete' }],
    seen: '',
  })
})

test('a line of text before the marker in a fence with a path is tolerated', () => {
  const answer = lines('a.ts', '```ts', '// update', ...change, '```')
  expect(readBlocks(answer)).toEqual({
    blocks: [{ path: 'a.ts', ...changed }],
    seen: '',
    tolerances: { text_before_marker: 1 },
  })
})

test('text in a fence after its block is chat, and the fence still closes', () => {
  const answer = lines('a.ts', '```ts', ...change, 'and also', '```', 'b.ts', '```', 'whole', '```')
  expect(readBlocks(answer)).toMatchObject({
    blocks: [changed, { path: 'b.ts', replace: ['whole'], state: 'complete' }],
    seen: 'and also\n```\n',
    tolerances: { text_after_block: 1 },
  })
})

test('a block deep inside a fence leaves the fence to the chat', () => {
  const answer = lines('```', '1', '2', '3', '4', 'a.ts', ...change, '```', 'end')
  expect(readBlocks(answer)).toMatchObject({ blocks: [{ path: 'a.ts', ...changed }], seen: '```\n1\n2\n3\n4\n```\nend\n' })
})

test('a fence whose end was forgotten does not swallow the next file', () => {
  for (const fence of ['```ts', '```'])
    expect(readBlocks(lines('a.ts', '```ts', ...change, '', 'b.ts', fence, 'whole', '```', 'end'))).toEqual({
      blocks: [
        { path: 'a.ts', ...changed },
        { path: 'b.ts', replace: ['whole'], state: 'complete' },
      ],
      seen: '\nend\n',
      tolerances: { missing_fence: 1 },
    })
})

test('a fence whose beginning was forgotten does not swallow the next file', () => {
  const answer = lines('a.ts', ...change, '```', 'b.ts', '```ts', 'whole', '```')
  expect(readBlocks(answer)).toEqual({
    blocks: [
      { path: 'a.ts', ...changed },
      { path: 'b.ts', replace: ['whole'], state: 'complete' },
    ],
    seen: '',
    tolerances: { missing_fence: 1 },
  })
})
