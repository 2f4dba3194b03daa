import type { FileNode } from '#protocol/sessions.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildTree } from './build-tree.ts'

const file = (path: string): FileNode => ({ fileId: path, path, kind: 'text', lineEnding: 'lf', bytes: 1 })
const outline = (paths: string[], collapsed: string[] = []) =>
  buildTree(paths.map(file), new Set(collapsed)).map(
    (row) => `${'  '.repeat(row.depth)}${row.name}${row.type === 'folder' ? '/' : ''}`,
  )

test('Folders come before files, each in natural order whatever the case.', () => {
  expect(outline(['b.ts', 'A.ts', 'file10.ts', 'file9.ts', 'src/z.ts', 'lib/a.ts'])).toEqual([
    'lib/',
    '  a.ts',
    'src/',
    '  z.ts',
    'A.ts',
    'b.ts',
    'file9.ts',
    'file10.ts',
  ])
})

test('A collapsed folder hides everything below it and still knows its files.', () => {
  const rows = buildTree(['src/a.ts', 'src/deep/b.ts', 'c.ts'].map(file), new Set(['src']))
  expect(rows.map((row) => row.path)).toEqual(['src', 'c.ts'])
  expect(rows[0]).toEqual({
    type: 'folder',
    path: 'src',
    name: 'src',
    depth: 0,
    open: false,
    fileIds: ['src/a.ts', 'src/deep/b.ts'],
  })
})

test('Folders with the same name in different places are different folders.', () => {
  expect(outline(['a/test/x.ts', 'b/test/y.ts'], ['a/test'])).toEqual(['a/', '  test/', 'b/', '  test/', '    y.ts'])
})

test('Every file has exactly one row while nothing is collapsed, directly below its folder’s depth.', () => {
  const segment = fc.stringMatching(/^[a-z]{1,3}$/)
  const paths = fc.uniqueArray(fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}.ts`))
  fc.assert(
    fc.property(paths, (some) => {
      const rows = buildTree(some.map(file), new Set()).filter((row) => row.type === 'file')
      expect(rows.map((row) => row.path).sort()).toEqual([...some].sort())
      for (const row of rows) expect(row.depth).toBe(row.path.split('/').length - 1)
    }),
  )
})
