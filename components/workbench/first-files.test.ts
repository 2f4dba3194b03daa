import type { FileNode } from '#protocol/sessions.ts'
import { expect, test } from 'vitest'
import { firstFiles } from './first-files.ts'

const files = (...paths: string[]) =>
  paths.map((path): FileNode => ({
    fileId: path,
    path,
    kind: path.endsWith('.png') ? 'binary' : 'text',
    lineEnding: 'lf',
    bytes: 1,
  }))

test.each([
  [['README.md', 'src/game.ts', 'src/game.test.ts', 'index.html'], 'src/game.ts', ['README.md']],
  [['package.json', 'src/App.tsx', 'src/hooks/use-todos.ts', 'vite.config.ts'], 'src/App.tsx', []],
  [['README.md', 'text_stats/__init__.py', 'text_stats/count.py', 'tests/test_count.py'], 'text_stats/count.py', ['README.md']],
  [['index.html', 'style.css', 'logo.png'], 'index.html', []],
  [['README.md'], 'README.md', []],
])('Of %j it shows %s.', (paths, active, background) => {
  expect(firstFiles(files(...paths))).toEqual({ active, background })
})

test('A session without text shows nothing.', () => {
  expect(firstFiles(files('logo.png'))).toBeUndefined()
})
