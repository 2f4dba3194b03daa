import { expect, test } from 'vitest'
import { fold, isFolded } from './unicode-folding.ts'

const characters = (from: number, to = from) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i)).join('')

test('dashes, quotes and spaces become plain ones', () => {
  expect(fold(characters(0x2010, 0x2015) + characters(0x2212))).toBe('-------')
  expect(fold(characters(0x2018, 0x201b))).toBe("''''")
  expect(fold(characters(0x201c, 0x201f))).toBe('""""')
  expect(fold([0xa0, 0x202f, 0x205f, 0x3000].map((code) => characters(code)).join('') + characters(0x2002, 0x200a))).toBe(
    ' '.repeat(13),
  )
})

test('every other character stays', () => {
  const folded = /[\u2010-\u2015\u2212\u2018-\u201F\u00A0\u2002-\u200A\u202F\u205F\u3000]/g
  const others = characters(0, 0xffff).replace(folded, '')
  expect(others.length).toBe(0x10000 - 28)
  expect(isFolded(others)).toBe(true)
  expect(fold(others)).toBe(others)
  expect(isFolded('a—b')).toBe(false)
})
