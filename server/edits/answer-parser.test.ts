import { describe, expect, test } from 'vitest'
import type { EndReason } from '#protocol/turns.ts'
import { createAnswerParser } from './answer-parser.ts'
import type { ParserEvent } from './parser-events.ts'

/** Blocks as a reader would write them down, `seen` being the chat text that is left between them. */
function read(answer: string, reason: EndReason = 'complete') {
  const parser = createAnswerParser()
  const events = [...parser.push(answer), ...parser.end(reason)]
  const blocks: { path: string; search?: string[]; replace: string[]; state?: string; elided?: true; problems?: string[] }[] =
    []
  let seen = ''
  let from = 0
  for (const event of events) {
    const block = blocks.at(-1)
    if (event.type === 'blockStart') {
      blocks.push({ path: event.path, replace: [], ...(event.format === 'search_replace' ? { search: [] } : {}) })
      seen += answer.slice(from, event.at)
    } else if (event.type === 'searchLine') block?.search?.push(event.text)
    else if (event.type === 'replaceLine') block?.replace.push(event.text)
    else if (event.type === 'malformed' && block !== undefined) block.problems = [...(block.problems ?? []), event.code]
    else if (event.type === 'blockEnd' && block !== undefined) {
      block.state = event.state
      if (event.elided) block.elided = true
      from = event.at
    }
  }
  return { blocks, seen: seen + answer.slice(from), tolerances: parser.tolerances() }
}

const lines = (...all: string[]) => all.join('\n') + '\n'

const change = ['<<<<<<< SEARCH', 'old', '=======', 'new', '>>>>>>> REPLACE']
const changed = { search: ['old'], replace: ['new'], state: 'complete' }

describe('search/replace blocks', () => {
  test('a path, a fence and a block become one edit, and the chat text around it stays', () => {
    const answer = lines('I change it.', '', 'src/a.ts', '```ts', ...change, '```', '', 'Done.')
    expect(read(answer)).toEqual({
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
    expect(read(answer)).toEqual({
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
    expect(read(answer).blocks.map(({ path }) => path)).toEqual(['a.ts', 'b.ts', 'b.ts'])
  })

  test('a block without a fence needs none', () => {
    expect(read(lines('a.ts', ...change, 'text'))).toEqual({
      blocks: [{ path: 'a.ts', ...changed }],
      seen: 'text\n',
      tolerances: {},
    })
  })

  test('the path may stand inside the fence, also without one before it', () => {
    const answer = lines('Look:', '', '```ts', 'src/a.ts', ...change, '```')
    expect(read(answer)).toEqual({ blocks: [{ path: 'src/a.ts', ...changed }], seen: 'Look:\n\n', tolerances: {} })
  })

  test('the path inside the fence is nearer than the one before it', () => {
    expect(read(lines('a.ts', '```', 'b.ts', ...change, '```')).blocks[0]?.path).toBe('b.ts')
  })

  test('a path three lines above the marker is found, four lines above it is not', () => {
    expect(read(lines('a.ts', '', '', ...change)).blocks[0]?.path).toBe('a.ts')
    expect(read(lines('a.ts', '', '', '', ...change)).blocks[0]).toEqual({ path: '', ...changed, problems: ['no_path'] })
  })

  test('the path may be in the info string', () => {
    expect(read(lines('```ts src/a.ts', ...change, '```'))).toEqual({
      blocks: [{ path: 'src/a.ts', ...changed }],
      seen: '',
      tolerances: { path_in_info_string: 1 },
    })
  })

  test('a sentence that names one path in backquotes will do, and stays visible', () => {
    expect(read(lines('In `src/a.ts` we now do this:', '', '```ts', ...change, '```'))).toEqual({
      blocks: [{ path: 'src/a.ts', ...changed }],
      seen: 'In `src/a.ts` we now do this:\n\n',
      tolerances: { path_in_sentence: 1 },
    })
  })

  test('without a path it is the file of the block before', () => {
    const answer = lines('a.ts', '```', ...change, '```', 'And then:', '```', ...change, '```')
    expect(read(answer)).toEqual({
      blocks: [
        { path: 'a.ts', ...changed },
        { path: 'a.ts', ...changed },
      ],
      seen: 'And then:\n',
      tolerances: { previous_path: 1 },
    })
  })

  test('without any path the block is told with its text, as malformed', () => {
    expect(read(lines(...change)).blocks).toEqual([{ path: '', ...changed, problems: ['no_path'] }])
  })

  test('a path that leads out of the session is refused, and the text of the block is told', () => {
    for (const path of [
      '/etc/passwd',
      'C:\\a.ts',
      '~/a.ts',
      '../a.ts',
      'src/../../a.ts',
      'src//a.ts',
      'src/./a.ts',
      'a\0.ts',
    ]) {
      expect(read(lines(path, '```', ...change, '```')).blocks).toEqual([{ path, ...changed, problems: ['refused_path'] }])
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
      expect(read(lines('a.ts', ...block(signs)))).toMatchObject({ blocks: [changed], tolerances: { marker_length: 3 } })
    for (const signs of [4, 10]) expect(read(lines('a.ts', ...block(signs))).blocks).toEqual([])
  })

  test('a bracket after SEARCH and spaces after markers are tolerated and counted', () => {
    const answer = lines('a.ts', '<<<<<<< SEARCH>', 'old', '======= ', 'new', '>>>>>>> REPLACE\t')
    expect(read(answer)).toMatchObject({
      blocks: [changed],
      tolerances: { search_marker_bracket: 1, marker_trailing_space: 2 },
    })
  })

  test('carriage returns are stripped, one per line', () => {
    const answer = lines('a.ts', ...change)
      .replaceAll('\n', '\r\n')
      .replace('new', 'new\r')
    expect(read(answer)).toMatchObject({
      blocks: [{ path: 'a.ts', search: ['old'], replace: ['new\r'], state: 'complete' }],
      tolerances: { carriage_return: 6 },
    })
  })

  test('the first divider ends the search part, a divider in the replace part is content', () => {
    const answer = lines('a.md', '<<<<<<< SEARCH', 'Title', '=======', 'New', '=======', 'text', '>>>>>>> REPLACE')
    expect(read(answer).blocks).toEqual([
      { path: 'a.md', search: ['Title'], replace: ['New', '=======', 'text'], state: 'complete' },
    ])
  })

  test('either part may be empty', () => {
    const answer = lines('a.ts', '<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE')
    expect(read(answer).blocks).toEqual([{ path: 'a.ts', search: [], replace: [], state: 'complete' }])
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
    expect(read(answer).blocks).toEqual([
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
    expect(read(answer)).toMatchObject({
      blocks: [{ replace: ['```', '', '```', '', 'y', '```', ''], state: 'complete' }],
      seen: '',
    })
  })

  test('a line of text before the marker in a fence with a path is tolerated', () => {
    const answer = lines('a.ts', '```ts', '// update', ...change, '```')
    expect(read(answer)).toEqual({
      blocks: [{ path: 'a.ts', ...changed }],
      seen: '',
      tolerances: { text_before_marker: 1 },
    })
  })

  test('text in a fence after its block is chat, and the fence still closes', () => {
    const answer = lines('a.ts', '```ts', ...change, 'and also', '```', 'b.ts', '```', 'whole', '```')
    expect(read(answer)).toMatchObject({
      blocks: [changed, { path: 'b.ts', replace: ['whole'], state: 'complete' }],
      seen: 'and also\n```\n',
      tolerances: { text_after_block: 1 },
    })
  })

  test('a block deep inside a fence leaves the fence to the chat', () => {
    const answer = lines('```', '1', '2', '3', '4', 'a.ts', ...change, '```', 'end')
    expect(read(answer)).toMatchObject({ blocks: [{ path: 'a.ts', ...changed }], seen: '```\n1\n2\n3\n4\n```\nend\n' })
  })

  test('a fence whose end was forgotten does not swallow the next file', () => {
    for (const fence of ['```ts', '```'])
      expect(read(lines('a.ts', '```ts', ...change, '', 'b.ts', fence, 'whole', '```', 'end'))).toEqual({
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
    expect(read(answer)).toEqual({
      blocks: [
        { path: 'a.ts', ...changed },
        { path: 'b.ts', replace: ['whole'], state: 'complete' },
      ],
      seen: '',
      tolerances: { missing_fence: 1 },
    })
  })
})

describe('broken blocks', () => {
  test('a missing replace marker is tolerated when the answer ended normally', () => {
    const open = ['<<<<<<< SEARCH', 'old', '=======', 'new']
    expect(read(lines('a.ts', ...open))).toMatchObject({ blocks: [changed], tolerances: { missing_replace_marker: 1 } })
    expect(read(lines('a.ts', '```', ...open, '```', ''))).toEqual({
      blocks: [{ path: 'a.ts', ...changed }],
      seen: '\n',
      tolerances: { missing_replace_marker: 1 },
    })
  })

  test('but not when text follows the fence: nobody can say where the block ends', () => {
    const answer = lines('a.ts', '```', '<<<<<<< SEARCH', 'old', '=======', 'new', '```', '', 'That is all.')
    expect(read(answer).blocks).toMatchObject([{ state: 'aborted', problems: ['missing_replace_marker'] }])
  })

  test('nor when the answer did not end normally', () => {
    for (const reason of ['length', 'stopped', 'redirected', 'failed', 'interrupted'] as const) {
      const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', '=======', 'new')
      expect(read(answer, reason).blocks).toEqual([{ path: 'a.ts', search: ['old'], replace: ['new'], state: 'aborted' }])
      expect(read(answer + '>>>>>>> REPLACE', reason).blocks).toMatchObject([{ state: 'aborted' }])
      expect(read(answer + '>>>>>>> REPLACE\n', reason).blocks).toMatchObject([{ state: 'complete' }])
      expect(read(lines('a.ts', '```', 'half'), reason).blocks).toEqual([{ path: 'a.ts', replace: ['half'], state: 'aborted' }])
    }
  })

  test('the last line counts without a line feed when the answer ended normally', () => {
    expect(read(lines('a.ts', ...change).trimEnd()).blocks).toEqual([{ path: 'a.ts', ...changed }])
    expect(read(lines('a.ts', '```', 'x', '```').trimEnd()).blocks).toEqual([
      { path: 'a.ts', replace: ['x'], state: 'complete' },
    ])
  })

  test('a block without a divider is aborted, and the next block is read', () => {
    const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', '>>>>>>> REPLACE', 'b.ts', ...change)
    expect(read(answer).blocks).toEqual([
      { path: 'a.ts', search: ['old'], replace: [], state: 'aborted', problems: ['missing_divider'] },
      { path: 'b.ts', ...changed },
    ])
  })

  test('a search marker inside a block ends that block and begins the next', () => {
    const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', '<<<<<<< SEARCH', 'old', '=======', 'half', 'b.ts', ...change)
    expect(read(answer)).toMatchObject({
      blocks: [
        { path: 'a.ts', state: 'aborted', problems: ['missing_divider'] },
        { path: 'a.ts', search: ['old'], state: 'aborted', problems: ['missing_replace_marker'] },
        { path: 'b.ts', ...changed },
      ],
      seen: '',
    })
  })

  test('an answer that ends inside a block says what is missing', () => {
    expect(read(lines('a.ts', '<<<<<<< SEARCH', 'old')).blocks).toMatchObject([
      { state: 'aborted', problems: ['missing_divider'] },
    ])
    expect(read(lines('a.ts', '```', 'half')).blocks).toMatchObject([{ state: 'aborted', problems: ['missing_fence'] }])
    expect(read(lines('a.ts', '```ts')).blocks).toMatchObject([{ state: 'aborted', problems: ['missing_fence'] }])
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
    expect(read(lines('Title', '=======', '>>>>>>> REPLACE', '<<<<<<< HEAD')).blocks).toEqual([])
  })
})

describe('whole files', () => {
  test('a path and a fence make a file', () => {
    const answer = lines('New file:', '', 'src/a.ts', '', '```ts', 'one', '', 'two', '```', 'end')
    expect(read(answer)).toEqual({
      blocks: [{ path: 'src/a.ts', replace: ['one', '', 'two'], state: 'complete' }],
      seen: 'New file:\n\nend\n',
      tolerances: {},
    })
  })

  test('a file of one to five lines, and an empty one, is read alike', () => {
    for (const content of [[], ['1'], ['1', '2'], ['', '', '3'], ['1', '2', '3', '4', '5']])
      expect(read(lines('a.ts', '```', ...content, '```')).blocks).toEqual([
        { path: 'a.ts', replace: content, state: 'complete' },
      ])
  })

  test('the path may be in the info string', () => {
    for (const info of ['ts src/a.ts', 'src/a.ts', 'ts:src/a.ts', 'ts title="src/a.ts"', 'ts filename=src/a.ts {1,3}'])
      expect(read(lines(`\`\`\`${info}`, 'x', '```'))).toEqual({
        blocks: [{ path: 'src/a.ts', replace: ['x'], state: 'complete' }],
        seen: '',
        tolerances: { path_in_info_string: 1 },
      })
  })

  test('a fence without a path is chat, whatever stands in it', () => {
    for (const before of ['Use it like this:', 'Run `src/a.ts` like this:', 'src/a.ts\n\n', 'Node', ''])
      expect(read(lines(before, '```ts', 'src/b.ts', 'let a = 1', '```')).blocks).toEqual([])
    for (const info of ['asp.net', 'c++', 'python {1,3}', 'js live', 'node.js'])
      expect(read(lines(`\`\`\`${info}`, 'x', '```')).blocks).toEqual([])
  })

  test('a path inside a chat fence does not begin a file', () => {
    expect(read(lines('````', 'src/a.ts', '```ts', 'x', '```', '````', 'end')).blocks).toEqual([])
  })

  test('a longer fence, or one of tildes, keeps the fences inside it', () => {
    const content = ['# Title', '```sh', 'npm start', '```', 'end']
    expect(read(lines('README.md', '````md', ...content, '````'))).toMatchObject({
      blocks: [{ replace: content }],
      tolerances: {},
    })
    expect(read(lines('README.md', '~~~', ...content, '~~~'))).toMatchObject({ blocks: [{ replace: content }], tolerances: {} })
  })

  test('in a Markdown file a fence that names its language is closed before the file is', () => {
    const content = ['# Title', '```sh', 'npm start', '```', '', '```ts', 'x', '```', 'end']
    expect(read(lines('README.md', '```md', ...content, '```', 'chat'))).toEqual({
      blocks: [{ path: 'README.md', replace: content, state: 'complete' }],
      seen: 'chat\n',
      tolerances: { nested_fence: 2 },
    })
  })

  test('in other files the first closing fence ends the file', () => {
    expect(read(lines('a.ts', '```ts', '1', '2', '3', '```ts', '```', 'chat'))).toMatchObject({
      blocks: [{ replace: ['1', '2', '3', '```ts'], state: 'complete' }],
      seen: 'chat\n',
    })
  })

  test('a shorter fence, another character or an info string does not close', () => {
    const content = ['1', '2', '3', '```', '~~~~', '````ts', '    ````']
    expect(read(lines('a.txt', '````', ...content, '````')).blocks).toMatchObject([{ replace: content, state: 'complete' }])
  })

  test('markers inside a file are content', () => {
    const content = ['1', '2', '3', ...change]
    expect(read(lines('a.txt', '```', ...content, '```')).blocks).toEqual([
      { path: 'a.txt', replace: content, state: 'complete' },
    ])
  })

  test('the end of a search/replace block without its beginning is told', () => {
    const answer = lines('a.ts', '```', 'old', '=======', 'new', '>>>>>>> REPLACE', '```')
    expect(read(answer).blocks).toMatchObject([{ state: 'complete', problems: ['missing_search_marker'] }])
  })

  test('a diff where the file was expected is told', () => {
    expect(read(lines('a.ts', '```diff', '-old', '+new', '```')).blocks).toMatchObject([{ problems: ['diff_in_fence'] }])
    expect(read(lines('fix.patch', '```diff', '-old', '+new', '```')).blocks[0]).not.toHaveProperty('problems')
  })

  test('a file with left-out code says so', () => {
    const answer = lines('a.ts', '```', 'import x', '// ... existing code ...', 'end', '```')
    expect(read(answer).blocks).toMatchObject([{ state: 'complete', elided: true }])
  })

  test('formats mix in one answer', () => {
    const answer = lines('a.ts', '```', ...change, '```', 'b.ts', '```', '1', '```', '```', 'example', '```', 'c.ts', ...change)
    expect(read(answer)).toMatchObject({
      blocks: [
        { path: 'a.ts', ...changed },
        { path: 'b.ts', replace: ['1'] },
        { path: 'c.ts', ...changed },
      ],
      seen: '```\nexample\n```\n',
    })
  })
})

describe('limits and life', () => {
  test('a line over the limit ends its block; text after it is read on', () => {
    const parser = createAnswerParser({ lineLength: 100, answerLength: 10_000 })
    const answer = lines('x'.repeat(150), 'a.ts', '<<<<<<< SEARCH', 'x'.repeat(101), '=======', '', 'b.ts', ...change)
    const events = [...parser.push(answer), ...parser.end('complete')]
    expect(events).toEqual([
      { type: 'blockStart', block: 1, at: 151, path: 'a.ts', format: 'search_replace' },
      { type: 'malformed', block: 1, code: 'line_too_long', line: 4, excerpt: 'x'.repeat(100), at: 171 },
      { type: 'blockEnd', block: 1, at: 171, state: 'aborted', elided: false },
      { type: 'blockStart', block: 2, at: answer.indexOf('b.ts'), path: 'b.ts', format: 'search_replace' },
      { type: 'searchLine', block: 2, text: 'old' },
      { type: 'searchEnd', block: 2 },
      { type: 'replaceLine', block: 2, text: 'new' },
      { type: 'blockEnd', block: 2, at: answer.length, state: 'complete', elided: false },
    ])
  })

  test('an answer over the limit ends there', () => {
    const parser = createAnswerParser({ lineLength: 100, answerLength: 30 })
    const answer = lines('a.ts', '<<<<<<< SEARCH', 'old', '=======', 'new', '>>>>>>> REPLACE')
    expect([...parser.push(answer), ...parser.push('more'), ...parser.end('complete')]).toEqual([
      { type: 'blockStart', block: 1, at: 0, path: 'a.ts', format: 'search_replace' },
      { type: 'searchLine', block: 1, text: 'old' },
      { type: 'malformed', block: 1, code: 'answer_too_long', line: 4, excerpt: '', at: 30 },
      { type: 'blockEnd', block: 1, at: 30, state: 'aborted', elided: false },
    ])
  })

  test('the preview is the unfinished line without half a character or a carriage return', () => {
    const parser = createAnswerParser()
    const seen = ['one\ntw', 'o', '\ud83d', '\ude00', '\r', '\n', ''].map((chunk) => {
      parser.push(chunk)
      return parser.preview()
    })
    expect(seen).toEqual(['tw', 'two', 'two', 'two😀', 'two😀', '', ''])
  })

  test('nothing may follow the end', () => {
    const parser = createAnswerParser()
    expect(parser.end('complete')).toEqual([])
    expect(() => parser.push('x')).toThrow('the answer has ended')
    expect(() => parser.end('complete')).toThrow('the answer has ended')
  })
})
