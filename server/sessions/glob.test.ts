import { expect, test } from 'vitest'
import { globMatcher } from './glob.ts'

const paths = ['a.ts', 'src/a.ts', 'src/deep/b.test.ts', 'src/style.css', 'docs/readme.md', 'SRC2/c.TS']
const chosen = (field: string) => paths.filter((path) => globMatcher(field)?.(path))

test.each([
  ['*.ts', ['a.ts', 'src/a.ts', 'src/deep/b.test.ts', 'SRC2/c.TS']],
  ['src', ['src/a.ts', 'src/deep/b.test.ts', 'src/style.css']],
  ['src/', ['src/a.ts', 'src/deep/b.test.ts', 'src/style.css']],
  ['/a.ts', ['a.ts']],
  ['./a.ts', ['a.ts']],
  ['src/*.ts', ['src/a.ts']],
  ['src/**/*.ts', ['src/a.ts', 'src/deep/b.test.ts']],
  ['deep', ['src/deep/b.test.ts']],
  ['*.{css,md}', ['src/style.css', 'docs/readme.md']],
  ['*.css, *.md', ['src/style.css', 'docs/readme.md']],
  ['?.ts', ['a.ts', 'src/a.ts', 'SRC2/c.TS']],
  ['[ab]*.ts', ['a.ts', 'src/a.ts', 'src/deep/b.test.ts']],
  ['[!a]*.ts', ['src/deep/b.test.ts', 'SRC2/c.TS']],
  ['nothing', []],
] as const)('%s chooses what it says', (field, expected) => {
  expect(chosen(field)).toEqual(expected)
})

test('an empty field chooses nothing and says so', () => {
  expect(globMatcher(' , ')).toBeUndefined()
})

test('a glob that would take others forever is answered', () => {
  expect(globMatcher(`${'*a'.repeat(60)}b`)?.('a'.repeat(400))).toBe(false)
  expect(globMatcher(`${'**/'.repeat(60)}x`)?.(`${'a/'.repeat(200)}y`)).toBe(false)
  expect(globMatcher('{a,b}'.repeat(40))?.('a')).toBe(false)
})
