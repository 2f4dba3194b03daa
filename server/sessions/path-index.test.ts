import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PathIndex } from './path-index.ts'

test('a path is taken once, whatever its case', () => {
  const index = new PathIndex(['src/a.ts'])
  expect(['src/a.ts', 'SRC/A.ts', 'src/b.ts'].map((path) => index.take(path))).toEqual([false, false, true])
})

test('a file is not a folder and a folder is not a file', () => {
  const index = new PathIndex(['src/deep/a.ts'])
  expect(['src', 'src/deep', 'Src', 'src/deep/a.ts/b', 'src/deeper'].map((path) => index.take(path))).toEqual([
    false,
    false,
    false,
    false,
    true,
  ])
  expect(['src', 'src/deep', 'SRC', 'src/deeper', 'other'].map((path) => index.hasFolder(path))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

test('the paths that were taken could all be written to one disk', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'A'), { minLength: 1, maxLength: 3 }).map((names) => names.join('/'))
  fc.assert(
    fc.property(fc.array(path, { maxLength: 12 }), (paths) => {
      const index = new PathIndex()
      const taken = paths.filter((candidate) => index.take(candidate)).map((candidate) => candidate.toLowerCase())
      expect(new Set(taken).size).toBe(taken.length)
      for (const file of taken) expect(taken.filter((other) => other.startsWith(`${file}/`))).toEqual([])
    }),
  )
})
