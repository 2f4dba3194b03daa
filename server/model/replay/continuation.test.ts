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

test('an answer that stopped between a path and its block goes on from the path', () => {
  const fromPath = answer.slice(answer.indexOf('src/a.ts'))
  for (const given of ['First.\n\nsrc/', 'First.\n\nsrc/a.ts\n', 'First.\n\nsrc/a.ts\n```t'])
    expect(goOnAfter(given)).toBe(fromPath)
})

test('an answer that goes on with another one and is cut off too goes on from there', () => {
  const first = answer.slice(0, answer.indexOf('new one'))
  const second = answer.slice(answer.indexOf('src/a.ts'), answer.indexOf('new two'))
  const messages = [
    { role: 'user', text: 'Change a' },
    { role: 'assistant', text: first },
    { role: 'user', text: 'Go on' },
    { role: 'assistant', text: second },
    { role: 'user', text: 'Go on' },
  ]
  expect(continuedAnswer(recordings, 'snake', messages)).toBe(`src/a.ts\n\`\`\`ts\n${block('two')}\`\`\`\n\nDone.\n`)
})

test('an answer that stopped before the end of a fence goes on behind it', () => {
  for (const end of ['>>>>>>> REPLACE\n', '>>>>>>> REPLACE\n``']) {
    expect(goOnAfter(answer.slice(0, answer.lastIndexOf('>>>>>>> REPLACE')) + end)).toBe('\nDone.\n')
  }
})

test('wherever a recorded answer is cut, what was given and what goes on hold every block once', () => {
  for (let length = 1; length < answer.length; length++) {
    const given = answer.slice(0, length)
    const all = given + (goOnAfter(given) ?? '')
    for (const name of ['one', 'two']) expect({ given, times: all.split(block(name)).length - 1 }).toEqual({ given, times: 1 })
  }
})

test('any other conversation has nothing to go on with', () => {
  expect(goOnAfter(answer)).toBeUndefined()
  expect(goOnAfter('Something else')).toBeUndefined()
  expect(goOnAfter('First', 'Another prompt')).toBeUndefined()
  expect(continuedAnswer(recordings, 'snake', [{ role: 'user', text: 'Change a' }])).toBeUndefined()
})
