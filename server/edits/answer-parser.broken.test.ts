import { expect, test } from 'vitest'
import { createAnswerParser } from './answer-parser.ts'
import { change, changed, lines, readBlocks } from './answer-parser.test-support.ts'

test('a missing replace marker is tolerated when the answer ended normally', () => {
  const open = ['<<<<<<< SEARCH', 'old', '=======', 'new']
  expect(readBlocks(lines('a.ts', ...open))).toMatchObject({ blocks: [changed], tolerances: { missing_replace_marker: 1 } })
  expect(readBlocks(lines('a.ts', '```', ...open, '```', ''))).toEqual({
    blocks: [{ path: 'a.ts', ...changed }],
    seen: '\n',
    tolerances: { missing_replace_marker: 1 },
  })
})

test('but not when text follows the fence: nobody can say where the block ends', () => {
  const answer = lines('a.ts', '```', '<<<<<<< SEARCH', 'old', '=======', 'new', '```', '', 'That is all.')
  expect(readBlocks(answer).blocks).toMatchObject([{ state: 'aborted', problems: ['missing_replace_marker'] }])
})

test('nor when the answer did not end normally', () => {
  for (const reason of ['length', 'stopped', 'redirected', 'failed', 'interrupted'] as const) {
    const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', '=======', 'new')
    expect(readBlocks(answer, reason).blocks).toEqual([{ path: 'a.ts', search: ['old'], replace: ['new'], state: 'aborted' }])
    expect(readBlocks(answer + '>>>>>>> REPLACE', reason).blocks).toMatchObject([{ state: 'aborted' }])
    expect(readBlocks(answer + '>>>>>>> REPLACE\n', reason).blocks).toMatchObject([{ state: 'complete' }])
    expect(readBlocks(lines('a.ts', '```', 'half'), reason).blocks).toEqual([
      { path: 'a.ts', replace: ['half'], state: 'aborted' },
    ])
  }
})

test('the last line counts without a line feed when the answer ended normally', () => {
  expect(readBlocks(lines('a.ts', ...change).trimEnd()).blocks).toEqual([{ path: 'a.ts', ...changed }])
  expect(readBlocks(lines('a.ts', '```', 'x', '```').trimEnd()).blocks).toEqual([
    { path: 'a.ts', replace: ['x'], state: 'complete' },
  ])
})

test('a block without a divider is aborted, and the next block is read', () => {
  const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', '>>>>>>> REPLACE', 'b.ts', ...change)
  expect(readBlocks(answer).blocks).toEqual([
    { path: 'a.ts', search: ['old'], replace: [], state: 'aborted', problems: ['missing_divider'] },
    { path: 'b.ts', ...changed },
  ])
})

test('the path line above that search marker belongs to the new block', () => {
  const parser = createAnswerParser()
  const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', 'b.ts', ...change)
  const edges = parser
    .push(answer)
    .flatMap((event) => (event.type === 'blockStart' || event.type === 'blockEnd' ? event.at : []))
  expect(edges).toEqual([0, answer.indexOf('b.ts'), answer.indexOf('b.ts')])
})

test('what was in one block does not count against the next', () => {
  const fenced = ['```', '<<<<<<< SEARCH', 'x', '=======', '```', 'y', '>>>>>>> REPLACE', '```']
  const unfinished = ['```', '<<<<<<< SEARCH', 'old', '=======', 'new', '```']
  expect(readBlocks(lines('a.md', ...fenced, 'b.md', ...unfinished)).blocks[1]).toEqual({ path: 'b.md', ...changed })
  const files = lines('a.txt', '```', '1', '2', '3', ...change, '```', 'b.txt', '```', '>>>>>>> REPLACE', '```')
  expect(readBlocks(files).blocks[1]).toMatchObject({ problems: ['missing_search_marker'] })
})

test('a search marker inside a block ends that block and begins the next', () => {
  const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', '<<<<<<< SEARCH', 'old', '=======', 'half', 'b.ts', ...change)
  expect(readBlocks(answer)).toMatchObject({
    blocks: [
      { path: 'a.ts', state: 'aborted', problems: ['missing_divider'] },
      { path: 'a.ts', search: ['old'], state: 'aborted', problems: ['missing_replace_marker'] },
      { path: 'b.ts', ...changed },
    ],
    seen: '',
  })
})

test('an answer that ends inside a block says what is missing', () => {
  expect(readBlocks(lines('a.ts', '<<<<<<< SEARCH', 'old')).blocks).toMatchObject([
    { state: 'aborted', problems: ['missing_divider'] },
  ])
  expect(readBlocks(lines('a.ts', '```', 'half')).blocks).toMatchObject([{ state: 'aborted', problems: ['missing_fence'] }])
  expect(readBlocks(lines('a.ts', '```ts')).blocks).toMatchObject([{ state: 'aborted', problems: ['missing_fence'] }])
})

test('malformed names the line and quotes it', () => {
  const parser = createAnswerParser()
  const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', '>>>>>>> REPLACE')
  const events = [...parser.push(answer), ...parser.end('complete')]
  expect(events.filter(({ type }) => type === 'malformed')).toEqual([
    { type: 'malformed', block: 1, code: 'missing_divider', line: 4, excerpt: '>>>>>>> REPLACE', at: answer.indexOf('>') },
  ])
})

test('lone markers outside of a block are chat', () => {
  expect(readBlocks(lines('Title', '=======', '>>>>>>> REPLACE', '<<<<<<< HEAD')).blocks).toEqual([])
})
