import { expect, test } from 'vitest'
import { generatedFile, generatedMixture, generatedProse } from './generated-text.ts'

test.each([1, 100, 5000])('prose has exactly %i tokens and is the same on every call', (count) => {
  const tokens = generatedProse(count)
  expect(tokens).toHaveLength(count)
  expect(generatedProse(count)).toEqual(tokens)
})

test('prose has numbered headings, lists and code', () => {
  const text = generatedProse(1000).join('')
  expect(text.match(/^## Part \d+$/gm)?.slice(0, 3)).toEqual(['## Part 1', '## Part 2', '## Part 3'])
  expect(text).toContain('* Another one, with **emphasis**')
  expect(text).toContain('```ts\nconst total1 = ')
  expect(text).not.toContain('§')
})

test.each([20, 21, 22, 23, 24, 100, 250, 5000])('a generated file of %i tokens is one whole-file block', (count) => {
  const tokens = generatedFile('src/long file.ts', count)
  const text = tokens.join('')
  expect(tokens).toHaveLength(count)
  expect(text).toMatch(/^src\/long file\.ts\n```ts\n[\s\S]*\n```\n$/)
  expect(text.match(/```/g)).toHaveLength(2)
})

test('a generated file names nothing twice', () => {
  const names = [
    ...generatedFile('a.ts', 20_000)
      .join('')
      .matchAll(/^export (?:type|function|const) (\w+)/gm),
  ].map(([, name]) => name)
  expect(names.length).toBeGreaterThan(300)
  expect(new Set(names).size).toBe(names.length)
})

test('a mixture has the wanted number of tokens, prose between its blocks, and code that is appended', () => {
  const tokens = generatedMixture('src/big.ts', 9_000)
  expect(tokens).toHaveLength(9_000)
  const answer = tokens.join('')
  const blocks = [...answer.matchAll(/\n\nsrc\/big\.ts\n```ts\n<<<<<<< SEARCH\n=======\n([\s\S]*?\n)>>>>>>> REPLACE\n```\n\n/g)]
  expect(blocks.length).toBeGreaterThan(4)
  for (const [, code = ''] of blocks) expect(code).toMatch(/^export /)
  expect(answer.match(/SEARCH/g)).toHaveLength(blocks.length)
})
