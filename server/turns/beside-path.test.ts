import { expect, test } from 'vitest'
import { pathsBeside } from './beside-path.ts'

test.each([
  ['src/a.test.ts', ['src/a.test.new.ts', 'src/a.test.new2.ts']],
  ['v1.2/Makefile', ['v1.2/Makefile.new', 'v1.2/Makefile.new2']],
  ['.gitignore', ['.gitignore.new', '.gitignore.new2']],
])('A file beside %s keeps its folder and its kind.', (path, first) => {
  expect(pathsBeside(path).slice(0, 2)).toEqual(first)
})
