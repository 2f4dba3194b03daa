import { expect, test } from 'vitest'
import { describeFault, findAnswer, findInlineAnswer, tokeniseAnswer } from './answers.ts'
import { faultNames, parseFault, parseFaultPrompt } from './faults.ts'
import { selectionHash, type Recording } from './recordings.ts'

const recordings: Recording[] = [
  {
    sampleId: 'snake',
    slug: 'p',
    title: 'Pause',
    prompt: 'Add a pause key',
    reasoning: 'Think first.',
    answer: 'Press P.\nDone.\n',
  },
]
const recorded = findAnswer(recordings, 'snake', 'add a pause key')
const everything = { reasoning: 'parsed', stop: [], maxTokens: 1000 } as const

test('a recorded prompt is answered by its recording', () => {
  expect(recorded).toEqual({ reasoning: 'Think first.', content: 'Press P.\nDone.\n', generated: false })
})

test('any other prompt gets an honest answer that lists what can be asked and how to connect a model', () => {
  const { content } = findAnswer(recordings, 'snake', 'Write me a poem')
  expect(content).toContain('There is no recorded answer to this prompt.')
  expect(content).toContain('* Add a pause key')
  expect(content).toContain('`CEREBRAS_API_KEY`')
  expect(content).not.toContain('poem')
})

test('an inline edit without a recording is answered without a code block, so that nothing is changed', () => {
  const inline = { path: 'a.ts', text: 'old\n' }
  const edits = [
    { sampleId: 'snake', slug: 'i', title: 'I', prompt: 'Rename', reasoning: '', answer: '```\nnew\n```\n', selection: inline },
  ]
  const answer = (text: string) => findInlineAnswer(edits, 'snake', 'rename', selectionHash(text)).content.toString()
  expect(answer('old\n')).toBe('```\nnew\n```\n')
  expect(answer('other\n')).not.toContain('```')
  expect(answer('other\n')).toContain('`CEREBRAS_API_KEY`')
  expect(findAnswer(edits, 'snake', 'Rename').content).not.toContain('* Rename')
})

test('a session without recordings is told where they are', () => {
  expect(findAnswer(recordings, undefined, 'hello').content).toContain('start one from a sample')
  expect(findAnswer(recordings, 'empty', 'hello').content).toContain('start one from a sample')
})

test.each([
  ['/stream 30', 30],
  ['/edit-stream src/a.ts 100', 100],
  ['/append-stream src/a.ts 4000', 4000],
  ['/change-stream 20 200 30000', 30_000],
  ['  /stream   200000 ', 200_000],
])('%s generates %i tokens', (prompt, tokens) => {
  expect(findAnswer([], undefined, prompt)).toMatchObject({ generated: true, content: { length: tokens } })
})

test.each([
  '/stream',
  '/stream 0',
  '/stream 200001',
  '/stream many',
  '/stream 5 6',
  '/edit-stream 5',
  '/change-stream 0 5 9',
  '/streams 5',
])('%s generates nothing', (prompt) => {
  expect(findAnswer([], undefined, prompt).generated).toBe(false)
})

test('reasoning is parsed, put into the content, kept silent, or left out', () => {
  const texts = (reasoning: 'parsed' | 'raw' | 'hidden' | 'omitted') => {
    const answer = tokeniseAnswer(recorded, { ...everything, reasoning })
    return { reasoning: answer.reasoning.join(''), content: answer.content.join(''), thought: answer.reasoning.length }
  }
  expect(texts('parsed')).toEqual({ reasoning: 'Think first.', content: 'Press P.\nDone.\n', thought: 3 })
  expect(texts('raw')).toEqual({ reasoning: '', content: '<think>\nThink first.\n</think>\n\nPress P.\nDone.\n', thought: 0 })
  expect(texts('hidden')).toEqual({ reasoning: '', content: 'Press P.\nDone.\n', thought: 3 })
  expect(texts('omitted')).toEqual({ reasoning: '', content: 'Press P.\nDone.\n', thought: 0 })
})

test('the cap counts reasoning first', () => {
  expect(tokeniseAnswer(recorded, { ...everything, maxTokens: 5 })).toEqual({
    reasoning: ['Think', ' first', '.'],
    content: ['Press', ' P'],
    finishReason: 'length',
  })
  expect(tokeniseAnswer(recorded, { ...everything, maxTokens: 2 })).toMatchObject({ content: [], finishReason: 'length' })
})

test('the answer ends before the first stop sequence', () => {
  const answer = tokeniseAnswer(recorded, { ...everything, stop: ['nowhere', 'Done', '\nD'] })
  expect(answer).toMatchObject({ content: ['Press', ' P', '.'], finishReason: 'stop' })
})

test('every fault has a story that is long enough to break', () => {
  for (const name of faultNames) {
    const story = describeFault({ fault: { name }, prompt: '' })
    expect(tokeniseAnswer(story, everything).content.length).toBeGreaterThan(40)
  }
})

test('an unknown fault prompt lists all of them', () => {
  const { content } = describeFault({ fault: undefined, prompt: '' })
  for (const name of faultNames) expect(content).toContain(`\`/fault ${name}\``)
})

test.each([
  ['reset', { name: 'reset' }],
  [' stall ', { name: 'stall' }],
  ['queue_exceeded:no-retry', { name: 'queue_exceeded', argument: 'no-retry' }],
  ['requests_minute:3', { name: 'requests_minute', argument: '3' }],
  ['split_bytes:1', { name: 'split_bytes', argument: '1' }],
  ['split_bytes:0', undefined],
  ['reset:1', undefined],
  ['requests_minute:soon', undefined],
  ['toString', undefined],
  ['', undefined],
])('the fault %j is %j', (text, fault) => {
  expect(parseFault(text)).toEqual(fault)
})

test.each([
  ['/fault reset', { fault: { name: 'reset' }, prompt: '' }],
  [
    '/fault no_done:finished  Add a\npause key ',
    { fault: { name: 'no_done', argument: 'finished' }, prompt: 'Add a\npause key' },
  ],
  ['/fault', { fault: undefined, prompt: '' }],
  ['/fault nonsense', { fault: undefined, prompt: '' }],
  ['/faults', undefined],
  ['what is /fault reset', undefined],
])('the prompt %j is %j', (prompt, parsed) => {
  expect(parseFaultPrompt(prompt)).toEqual(parsed)
})
