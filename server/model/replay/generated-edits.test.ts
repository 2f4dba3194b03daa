import { expect, test } from 'vitest'
import { generatedEdits, generatedSources } from './generated-edits.ts'

test('changes have the wanted number of tokens, and each finds its lines exactly once in the generated files', () => {
  const texts = new Map(generatedSources(3, 17).map(({ path, text }) => [path, text]))
  const tokens = generatedEdits(3, 17, 4_000)
  expect(tokens).toHaveLength(4_000)
  const answer = tokens.join('')
  const blocks = [...answer.matchAll(/(\S+)\n```ts\n<<<<<<< SEARCH\n([\s\S]*?)=======\n([\s\S]*?)>>>>>>> REPLACE\n```\n/g)]
  expect(blocks).toHaveLength(17)
  for (const [, path = '', search = '', replace = ''] of blocks) {
    const text = texts.get(path) ?? ''
    expect(text.split(search)).toHaveLength(2)
    expect(replace).not.toBe(search)
    expect(replace.endsWith('\n')).toBe(true)
    texts.set(path, text.replace(search, replace))
  }
  expect(answer.endsWith('This is the end of all changes.\n')).toBe(true)
})

test('the same counts give the same files and the same answer', () => {
  expect(generatedSources(2, 5)).toEqual(generatedSources(2, 5))
  expect(generatedEdits(2, 5, 900)).toEqual(generatedEdits(2, 5, 900))
})
