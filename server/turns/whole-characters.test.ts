import fc from 'fast-check'
import { expect, test } from 'vitest'
import { WholeCharacters } from './whole-characters.ts'

test('A character that is cut in two is given on when its second half has come.', () => {
  const characters = new WholeCharacters()
  expect([characters.take('a\ud83d'), characters.take(''), characters.take('\udc0db')]).toEqual(['a', '', '🐍b'])
})

test('A half that stands alone becomes one unreadable character.', () => {
  const characters = new WholeCharacters()
  expect([characters.take('a\ud83d'), characters.take('b\udc0dc')]).toEqual(['a', '\uFFFDb\uFFFDc'])
})

test('A half that nothing follows is dropped.', () => {
  const characters = new WholeCharacters()
  expect(characters.take('a\ud83d')).toBe('a')
  characters.drop()
  expect(characters.take('\udc0d')).toBe('\uFFFD')
})

test('However a text is cut, its pieces are whole and together they are the text.', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(40)), (text, cuts) => {
      const characters = new WholeCharacters()
      const ends = [...new Set([...cuts.filter((cut) => cut < text.length), text.length])].toSorted((one, other) => one - other)
      const pieces = ends.map((end, index) => characters.take(text.slice(ends[index - 1] ?? 0, end)))
      for (const piece of pieces) expect(Buffer.from(piece).toString()).toBe(piece)
      expect(pieces.join('')).toBe(text)
    }),
  )
})
