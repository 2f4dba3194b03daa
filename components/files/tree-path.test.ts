import type { FileNode } from '#protocol/sessions.ts'
import { limits } from '#protocol/limits.ts'
import { expect, test } from 'vitest'
import { baseName, folderOf, foldersAbove, joinPath, pathProblem } from './tree-path.ts'

const files: FileNode[] = ['README.md', 'src/game.ts', 'src/draw/board.ts'].map((path) => ({
  fileId: path,
  path,
  kind: 'text',
  lineEnding: 'lf',
  bytes: 1,
}))

test('A path falls into its name, its folder and all folders above.', () => {
  expect([baseName('a/b/c.ts'), folderOf('a/b/c.ts'), foldersAbove('a/b/c.ts')]).toEqual(['c.ts', 'a/b', ['a', 'a/b']])
  expect([baseName('c.ts'), folderOf('c.ts'), foldersAbove('c.ts')]).toEqual(['c.ts', '', []])
})

test.each([
  ['', 'A name is needed.'],
  ['/etc/passwd', 'The path starts inside the session, without a leading slash.'],
  ['C:/x', 'The path starts inside the session, without a leading slash.'],
  ['src\\x.ts', 'Folders are separated by /, not by \\.'],
  ['src/', 'A file name is needed after the slash.'],
  ['src//x.ts', 'A folder between two slashes has no name.'],
  ['src/../x.ts', 'A path cannot contain . or .. as a folder.'],
  ['./x.ts', 'A path cannot contain . or .. as a folder.'],
  ['nul.txt', '“nul.txt” is a name that some systems keep for themselves.'],
  ['src/.git/config', '“.git” is a name that some systems keep for themselves.'],
  ['src./x.ts', 'A name cannot end with a dot or a space.'],
  ['a\u202eb', 'The name holds a character that cannot be shown.'],
  ['x'.repeat(256), 'The name is too long.'],
  ['a\u0000b', 'The name holds a character that cannot be shown.'],
  ['abc/'.repeat(limits.pathLength / 4) + 'x', `A path can be up to ${limits.pathLength} characters long.`],
  ['src/game.ts', 'A file with this path exists already.'],
  ['src', 'A folder with this path exists already.'],
  ['README.md/x.ts', '“README.md” is a file, not a folder.'],
])('%j is refused with a reason.', (path, reason) => {
  expect(pathProblem(path, files)).toBe(reason)
})

test('A name stands inside its folder, unless it starts at a root.', () => {
  expect(['x.ts', 'draw/x.ts', '/etc/x', 'C:/x'].map((name) => joinPath('src', name))).toEqual([
    'src/x.ts',
    'src/draw/x.ts',
    '/etc/x',
    'C:/x',
  ])
})

test('New files, new folders by path and names with dots or other scripts are fine.', () => {
  for (const path of ['x.ts', 'src/new/deep.ts', '.env', 'a..b', 'スネーク.ts'])
    expect(pathProblem(path, files)).toBeUndefined()
})

test('What is being renamed does not stand in its own way.', () => {
  expect(pathProblem('src/draw', files, 'src/draw')).toBeUndefined()
  expect(pathProblem('src/draw', files, 'src/game.ts')).toBe('A folder with this path exists already.')
})
