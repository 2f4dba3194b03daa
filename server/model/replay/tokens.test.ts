import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tokenIds, tokenTexts } from './tokens.ts'

test('token texts join to the text, whatever characters it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const wellFormed = Buffer.from(text).toString()
      const texts = tokenTexts(wellFormed)
      expect(texts.join('')).toBe(wellFormed)
      expect(texts.length).toBe(tokenIds(wellFormed).length)
    }),
  )
})

test('a character of several tokens belongs to the last of them', () => {
  expect(tokenTexts('a 𓀀')).toEqual(['a', ' ', '', '', '', '𓀀'])
})

test('runs without a break are cut, so that they take linear time and keep surrogate pairs whole', () => {
  const text = `start ${'a'.repeat(60_000)} odd${'𓀀'.repeat(3000)}${' '.repeat(50_000)}end`
  const startedMs = performance.now()
  expect(tokenTexts(text).join('')).toBe(text)
  expect(performance.now() - startedMs).toBeLessThan(3000)
})

test('text that looks like a special token is plain text', () => {
  expect(tokenTexts('<|endoftext|>').join('')).toBe('<|endoftext|>')
  expect(tokenIds('<|endoftext|>').length).toBeGreaterThan(1)
})
