import { expect, test } from 'vitest'
import { createAnswerParser } from './answer-parser.ts'
import { change, lines } from './answer-parser.test-support.ts'

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

test('a block that was complete before the answer became too long stays complete', () => {
  const answer = lines('a.ts', '```', ...change)
  const parser = createAnswerParser({ lineLength: 100, answerLength: answer.length })
  expect(parser.push(answer + '```').slice(-2)).toEqual([
    { type: 'blockEnd', block: 1, at: answer.length, state: 'complete', elided: false },
    { type: 'malformed', code: 'answer_too_long', line: 8, excerpt: '', at: answer.length },
  ])
})

test('a line over the limit in a Markdown file leaves nothing to the next file', () => {
  const parser = createAnswerParser({ lineLength: 20, answerLength: 10_000 })
  const answer = lines('a.md', '```', '```sh', 'x'.repeat(21), '```', 'b.md', '```', 'y', '```', 'z')
  expect(parser.push(answer).slice(-2)).toEqual([
    { type: 'replaceLine', block: 2, text: 'y' },
    { type: 'blockEnd', block: 2, at: answer.indexOf('z'), state: 'complete', elided: false },
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

test('blocks of formats that are not taken are text', () => {
  const answer = lines(
    'a.ts',
    '```',
    ...change,
    '```',
    '*** Begin Patch',
    '*** Delete File: b.ts',
    '*** End Patch',
    'c.ts',
    '```',
    ...change,
    '*** Begin Patch',
    '*** End Patch',
    '```',
    'd.ts',
    '```',
    'one()',
    '```',
  )
  const found = (['search_replace', 'patch', 'whole_file'] as const).map((format) => {
    const parser = createAnswerParser(undefined, [format])
    const events = [...parser.push(answer), ...parser.end('complete')]
    return events.flatMap((event) => (event.type === 'blockStart' ? `${event.format} ${event.path}` : []))
  })
  expect(found).toEqual([['search_replace a.ts', 'search_replace c.ts'], ['patch b.ts', 'patch '], ['whole_file d.ts']])
})
