import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '#protocol/limits.ts'
import { ignoredPart, normalPath } from './path.ts'

test.each([
  ['a.ts', 'a.ts'],
  ['src/deep/a.ts', 'src/deep/a.ts'],
  ['src\\win\\a.ts', 'src/win/a.ts'],
  ['./src/./a.ts', 'src/a.ts'],
  ['app/[id]/page.tsx', 'app/[id]/page.tsx'],
  ['.github/workflows/ci.yml', '.github/workflows/ci.yml'],
  ['.gitignore', '.gitignore'],
  ['..a/b..c', '..a/b..c'],
  ['cafe\u0301.md', 'caf\u00e9.md'],
  ['日本/😀.md', '日本/😀.md'],
  ['console.ts', 'console.ts'],
])('%j becomes %j', (raw, path) => {
  expect(normalPath(raw)).toBe(path)
})

test.each([
  '',
  '.',
  '/etc/passwd',
  '\\\\server\\share',
  'C:/windows',
  'c:\\windows',
  'C:autoexec.bat',
  '..',
  '../a',
  'a/../b',
  'a/..',
  'a\\..\\b',
  'a//b',
  'a/',
  'a\0b',
  'a\nb',
  'a\u007fb',
  'evil\u202etxt.exe',
  'half\ud83d',
  '.git/hooks/pre-commit',
  'sub/.GIT/config',
  'nul',
  'src/CON.txt',
  'com1.log',
  'name ',
  'name.',
  'dir./a',
  'x'.repeat(256),
  `${'é'.repeat(128)}`,
  `${'a/'.repeat(limits.pathLength / 2)}b`,
])('%j is refused', (raw) => {
  expect(normalPath(raw)).toBeUndefined()
})

test('a path that was accepted is relative, stays inside, and stays as it is', { timeout: 30_000 }, () => {
  const segment = fc.oneof(
    fc.constantFrom('..', '.', '', 'a', '.git', 'C:', 'nul'),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  const raw = fc
    .tuple(fc.array(segment, { maxLength: 6 }), fc.constantFrom('/', '\\'))
    .map(([parts, slash]) => parts.join(slash))
  fc.assert(
    fc.property(raw, (candidate) => {
      const path = normalPath(candidate)
      if (path === undefined) return
      expect(normalPath(path)).toBe(path)
      const inside = new URL(path.split('/').map(encodeURIComponent).join('/'), 'file:///root/').pathname
      expect(inside.startsWith('/root/') && inside.length > '/root/'.length).toBe(true)
      expect(path.split('/').filter((name) => name === '' || name === '.' || name === '..')).toEqual([])
      expect(path).not.toMatch(/[\\\0]/)
    }),
    { numRuns: 1_000 },
  )
})

test.each([
  ['web/node_modules/react/index.js', 'web/node_modules'],
  ['web\\node_modules\\react\\index.js', 'web/node_modules'],
  ['.git/config', '.git'],
  ['__MACOSX/a/._b', '__MACOSX'],
  ['src/.DS_Store', 'src/.DS_Store'],
  ['src/node_modules.ts', undefined],
  ['node_modules', undefined],
  ['.gitignore', undefined],
])('of %j an import leaves out %j', (path, part) => {
  expect(ignoredPart(path)).toBe(part)
})
