import { describe, expect, test } from 'vitest'
import { pathAlone, pathInHeader, pathInInfoString, pathInSentence } from './named-path.ts'

describe('a path alone on its line', () => {
  test('is read with the decoration that models put around it', () => {
    const written = [
      'src/a.ts',
      '  src/a.ts  ',
      '`src/a.ts`',
      '**src/a.ts**',
      '**`src/a.ts`**',
      '**src/a.ts:**',
      '`src/a.ts`:',
      'src/a.ts:',
      '# src/a.ts',
      '### `src/a.ts`:',
      '### 1. `src/a.ts`',
      '* src/a.ts',
      'File: src/a.ts',
      '**File:** `src/a.ts`',
      '**Filename: src/a.ts**',
      './src/a.ts',
      'src\\a.ts',
    ]
    expect(written.map((line) => pathAlone(line)?.path)).toEqual(written.map(() => 'src/a.ts'))
  })

  test('needs a slash, an extension or a name that is known', () => {
    for (const path of [
      'a.ts',
      'a.test.ts',
      'x.7z',
      'lib/es2023',
      'Makefile',
      '.gitignore',
      '.env',
      '.env.local',
      '__init__.py',
    ])
      expect(pathAlone(path)?.path).toBe(path)
    for (const path of ['app/(shop)/[id]/page.tsx', 'routes/$id.tsx', 'a@2x.png', 'größe/ü.ts'])
      expect(pathAlone(path)?.path).toBe(path)
    for (const text of [
      'Explanation',
      'Explanation:',
      'Version 2',
      '1.5',
      'v1.2',
      'Done.',
      'e.g.',
      '...',
      '**Note**',
      '.app',
      '}',
    ])
      expect(pathAlone(text)).toBe(undefined)
  })

  test('is not a sentence, a command, a URL, a folder, a glob or code', () => {
    for (const text of [
      'Change src/a.ts',
      '**Now update app.ts**',
      '`node src/a.ts`',
      'https://a.org/x.ts',
      'src/',
      '*.ts',
      'src/**/*.ts',
      '// TODO',
      '//todo/x',
      '</div>',
      'a/b;',
      'foo(a, b/c)',
      'x="a/b"',
    ])
      expect(pathAlone(text)).toBe(undefined)
  })

  test('may hold spaces in backquotes', () => {
    expect(pathAlone('`docs/read me.md`')?.path).toBe('docs/read me.md')
    expect(pathAlone('docs/read me.md')).toBe(undefined)
  })

  test('that leads out of the session is refused as written', () => {
    for (const path of [
      '/a.ts',
      'C:\\a.ts',
      'C:/a.ts',
      '~/a.ts',
      '..\\a.ts',
      'a/../b.ts',
      'a//b.ts',
      'a\0b.ts',
      `${'x/'.repeat(260)}a.ts`,
    ])
      expect(pathAlone(path)).toEqual({ path, refused: true, tolerances: [] })
  })

  test('counts what was tolerated', () => {
    expect(pathAlone('src/a.ts')?.tolerances).toEqual([])
    expect(pathAlone('`./src/a.ts`')?.tolerances).toEqual(['decorated_path', 'dot_slash_path'])
    expect(pathAlone('src\\a.ts')?.tolerances).toEqual(['backslash_path'])
  })
})

test('an info string names a path after the language, or instead of it', () => {
  for (const info of [
    'src/a.ts',
    'ts src/a.ts',
    'ts:src/a.ts',
    "ts file='src/a.ts'",
    'ts path=src/a.ts',
    'a title="src/a.ts" b',
  ])
    expect(pathInInfoString(info)).toEqual({ path: 'src/a.ts', refused: false, tolerances: ['path_in_info_string'] })
  for (const info of ['', 'ts', 'ASP.NET', 'ts {1,3}', 'ts a b', 'jsx live src/a.ts'])
    expect(pathInInfoString(info)).toBe(undefined)
})

test('a sentence names a path if it names exactly one', () => {
  expect(pathInSentence('In `src/a.ts` set `x` to 1, see `src/a.ts`.')?.path).toBe('src/a.ts')
  expect(pathInSentence('In `src/a.ts` and `src/b.ts`')).toBe(undefined)
  expect(pathInSentence('In src/a.ts')).toBe(undefined)
})

test('what follows the colon of a header is a path, whatever it looks like', () => {
  for (const path of ['Makefile', 'notes', 'a b.ts', '`', 'x;y', '.github/CODEOWNERS'])
    expect(pathInHeader(` ${path} `)).toEqual({ path, refused: false, tolerances: [] })
  for (const written of ['`src/a.ts`', '"src/a.ts"', "'src/a.ts'", '**src/a.ts**'])
    expect(pathInHeader(written)).toEqual({ path: 'src/a.ts', refused: false, tolerances: ['decorated_path'] })
  expect(pathInHeader(' ../a')).toEqual({ path: '../a', refused: true, tolerances: [] })
  expect(pathInHeader(' ')).toBe(undefined)
})
