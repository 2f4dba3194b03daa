import { expect, test } from 'vitest'
import type { SearchLine, SearchMatch } from '#protocol/search.ts'
import { chosenMatch, noResults, resultRows, withLine, type SearchResults } from './search-results.ts'

const match = (start: number, preview = 'a line'): SearchMatch => ({
  start,
  end: start + 1,
  line: start,
  column: 1,
  preview,
  from: 0,
  to: 1,
})
const file = (path: string, ...starts: number[]): SearchLine => ({
  type: 'file',
  fileId: path,
  path,
  seq: 0,
  matches: starts.map((start) => match(start)),
})
const folded = (...lines: SearchLine[]): SearchResults => lines.reduce(withLine, noResults)

test('files are counted and sorted as they are found', () => {
  const results = folded({ type: 'start', files: 9 }, file('b.ts', 1), file('a.ts', 2, 3), { type: 'progress', searched: 4 })
  expect(results).toMatchObject({ status: 'running', matches: 3, searched: 4, toSearch: 9 })
  expect(results.files.map(({ path }) => path)).toEqual(['a.ts', 'b.ts'])
})

test('a file that is told again takes the place of what was known, and goes where nothing is left', () => {
  const once = folded(file('a.ts', 1, 2), file('b.ts', 1), { type: 'end', reason: 'complete' })
  expect(withLine(once, file('a.ts', 5))).toMatchObject({ status: 'complete', matches: 2 })
  expect(withLine(once, file('a.ts')).files.map(({ path }) => path)).toEqual(['b.ts'])
})

test('a folded file hides its matches', () => {
  const results = folded(file('a.ts', 1, 2), file('b.ts', 1))
  expect(resultRows(results, new Set(['a.ts'])).map(({ key }) => key)).toEqual(['a.ts', 'b.ts', 'b.ts:0'])
})

test('a match is named by its line and which of those that read the same it is', () => {
  const found = { fileId: 'a', path: 'a.ts', seq: 0, matches: [match(1), match(5, 'other'), match(9)] }
  expect(chosenMatch(found, match(9))).toEqual({ preview: 'a line', nth: 1, of: 2 })
})
