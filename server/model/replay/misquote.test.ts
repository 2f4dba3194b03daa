import { expect, test } from 'vitest'
import { answerReport, misquoteFirstBlock } from './misquote.ts'
import type { Recording } from './recordings.ts'

const answer = [
  'Faster.',
  '',
  'src/a.ts',
  '```ts',
  '<<<<<<< SEARCH',
  'const a = 1',
  'const b = 2',
  '=======',
  'const a = 2',
  '>>>>>>> REPLACE',
  '<<<<<<< SEARCH',
  'last',
  '=======',
  'end',
  '>>>>>>> REPLACE',
  '```',
  '',
].join('\n')
const recordings: Recording[] = [{ sampleId: 's', slug: 'p', title: 'P', prompt: 'Faster', reasoning: '', answer }]
const misquoted = misquoteFirstBlock(answer)
const report = { role: 'user', text: 'Flint could not apply one edit block of your answer.' }
const conversation = (prompt: string, given: string) => [
  { role: 'user', text: prompt },
  { role: 'assistant', text: given },
  report,
]

test('the first block of a misquoted answer quotes lines that stand nowhere, all else is as it was recorded', () => {
  expect(misquoted).toBe(answer.replace('const a = 1\nconst b = 2', 'misremembered line 1\nmisremembered line 2'))
  expect(misquoteFirstBlock('No blocks.\n')).toBe('No blocks.\n')
})

test('told that a misquoted block could not be applied, the recording gives that block alone, as it was recorded', () => {
  expect(answerReport(recordings, 's', conversation('/fault misquote Faster', misquoted))).toBe(
    [...answer.split('\n').slice(2, 10), '```', ''].join('\n'),
  )
})

test('a recording has nothing to add to blocks that were quoted right, nor to a second report', () => {
  expect(answerReport(recordings, 's', conversation('Faster', answer))).toBe('')
  expect(answerReport(recordings, 's', conversation('Something else', misquoted))).toBe('')
  const twice = [...conversation('/fault misquote Faster', misquoted), { role: 'assistant', text: 'again' }, report]
  expect(answerReport(recordings, 's', twice)).toBe('')
})
