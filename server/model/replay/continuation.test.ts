import { expect, test } from 'vitest'
import { continuedAnswer } from './continuation.ts'
import type { Recording } from './recordings.ts'

const block = (name: string) => `<<<<<<< SEARCH\nold ${name}\n=======\nnew ${name}\n>>>>>>> REPLACE\n`
const answer = `First.\n\nsrc/a.ts\n\`\`\`ts\n${block('one')}${block('two')}\`\`\`\n\nDone.\n`
const recordings: Recording[] = [{ sampleId: 'snake', slug: 's', title: 'T', prompt: 'Change a', reasoning: '', answer }]

const goOnAfter = (given: string, prompt = 'Change a') =>
  continuedAnswer(recordings, 'snake', [
    { role: 'system', text: 'rules' },
    { role: 'user', text: prompt },
    { role: 'assistant', text: given },
    { role: 'user', text: 'Go on' },
  ])

test('prose goes on exactly where it stopped', () => {
  expect(goOnAfter('Fir')).toBe(answer.slice(3))
  expect(goOnAfter(answer.slice(0, -3))).toBe('e.\n')
})

test('a block that was cut off is written again, and complete ones are not', () => {
  const given = answer.slice(0, answer.indexOf('new two'))
  expect(goOnAfter(given)).toBe(`src/a.ts\n\`\`\`ts\n${block('two')}\`\`\`\n\nDone.\n`)
  expect(goOnAfter(answer.slice(0, answer.indexOf('new one')))).toBe(answer.slice(answer.indexOf('src/a.ts')))
})

test('an answer that a fault broke goes on too', () => {
  expect(goOnAfter('First', '/fault reset Change a')).toBe(answer.slice(5))
})

test('any other conversation has nothing to go on with', () => {
  expect(goOnAfter(answer)).toBeUndefined()
  expect(goOnAfter('Something else')).toBeUndefined()
  expect(goOnAfter('First', 'Another prompt')).toBeUndefined()
  expect(continuedAnswer(recordings, 'snake', [{ role: 'user', text: 'Change a' }])).toBeUndefined()
})
