import { expect, test } from 'vitest'
import { cleanName, isReserved, nameKey } from './person-name.ts'

test('[L8] a name is shown without what cannot be seen', () => {
  expect(cleanName('  Ada \u00a0 Lovelace ')).toBe('Ada Lovelace')
  expect(cleanName('A\u200bd\u202ea\u0000')).toBe('Ada')
  expect(cleanName('Jürgen 🦊')).toBe('Jürgen 🦊')
  expect(cleanName('張偉')).toBe('張偉')
})

test.each(['', ' ', '\u200b\u2060', '...', '-', '\u3164', 'x'.repeat(41)])('[L8] %j is no name', (raw) => {
  expect(cleanName(raw)).toBeUndefined()
})

test.each([
  ['Ada', 'ada'],
  ['Ada', 'Аda'], // a Cyrillic А
  ['Ada', 'Àdá'],
  ['Ada L.', 'Ada L'],
  ['Ann Oh', 'Ann 0h'],
  ['Will', 'WiII'],
  ['Mara', 'Мага'.replace('г', 'r')],
  ['Ada', 'Ａｄａ'],
  ['Bemard', 'Bernard'],
])('[L8] %s and %s could be taken for each other', (one, other) => {
  expect(nameKey(other)).toBe(nameKey(one))
})

test('[L8] names that differ have different keys', () => {
  const names = ['Ada', 'Adam', 'Mara', 'Maria', '張偉', 'Олег', 'Ольга', '🦊', '🐼']
  expect(new Set(names.map(nameKey)).size).toBe(names.length)
})

test('[L8] nobody is called what the app calls itself', () => {
  expect(['Assistant', 'assistаnt', 'FLINT', 'F l i n t', 'You'].filter((name) => !isReserved(name))).toEqual([])
  expect(['Flinders', 'Yousef'].filter(isReserved)).toEqual([])
})
