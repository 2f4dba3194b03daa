import { expect, test } from 'vitest'
import type { SearchQuery } from '#protocol/search.ts'
import { searchText } from './text-search.ts'

const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  regex: false,
  caseSensitive: false,
  wholeWord: false,
  include: '',
  exclude: '',
  ...more,
})
const found = (text: string, wanted: SearchQuery, limit = 100) =>
  searchText(text, wanted, limit).map(({ match }) => text.slice(match.start, match.end))
const replaced = (text: string, wanted: SearchQuery, replacement: string) =>
  searchText(text, wanted, 100, replacement)
    .toReversed()
    .reduce((all, { match, newText }) => all.slice(0, match.start) + newText + all.slice(match.end), text)

test('a match is told with its place and its line', () => {
  expect(searchText('one\n  two three\n', query('two'), 10)).toEqual([
    { match: { start: 6, end: 9, line: 2, column: 3, preview: '  two three', from: 2, to: 5 }, newText: '' },
  ])
})

test('case, whole words and expressions are looked at when asked for', () => {
  expect(found('Cat cat concat', query('cat'))).toEqual(['Cat', 'cat', 'cat'])
  expect(found('Cat cat concat', query('cat', { caseSensitive: true }))).toEqual(['cat', 'cat'])
  expect(found('Cat cat concat', query('cat', { wholeWord: true }))).toEqual(['Cat', 'cat'])
  expect(found('größe Größen', query('größe', { wholeWord: true }))).toEqual(['größe'])
  expect(found('a.b axb', query('a.b'))).toEqual(['a.b'])
  expect(found('a.b axb', query('a.b', { regex: true }))).toEqual(['a.b', 'axb'])
  expect(found('x\nxy\n', query('^x$', { regex: true }))).toEqual(['x'])
  expect(found(String.raw`a-b a\-b`, query(String.raw`a\-b`, { regex: true }))).toEqual(['a-b'])
})

test('an expression that matches nothing at a place goes on', () => {
  expect(replaced('a\nb\n', query('^', { regex: true }), '> ')).toBe('> a\n> b\n> ')
})

test('a literal query has a literal replacement', () => {
  expect(replaced('cost', query('cost'), '$& $1 \\n')).toBe('$& $1 \\n')
})

test('groups, names and escapes mean in a replacement what they mean in editors', () => {
  const wanted = query(String.raw`(\w+)=(?<value>\w+)`, { regex: true })
  expect(replaced('a=1 b=2', wanted, '$<value>:$1')).toBe('1:a 2:b')
  expect(replaced('a=1', wanted, String.raw`$$$&\t$12\\n$9`)).toBe('$a=1\ta2\\n$9')
})

test('a long line is shown around its match, without halves of characters', () => {
  const text = `${'😀'.repeat(200)}needle${'x'.repeat(500)}`
  const [first] = searchText(text, query('needle'), 1)
  const { preview = '', from = 0, to = 0 } = first?.match ?? {}
  expect(preview.slice(from, to)).toBe('needle')
  expect(preview).not.toMatch(/\p{Surrogate}/u)
  expect(preview.length).toBeLessThanOrEqual(240)
})

test('no more matches are looked for than wanted', () => {
  expect(found('a'.repeat(1_000), query('a'), 7)).toHaveLength(7)
})
