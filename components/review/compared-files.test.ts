import { expect, test } from 'vitest'
import { comparedFiles } from './compared-files.ts'

const text = (fileId: string, path: string) => ({ fileId, path, kind: 'text' as const })
const image = { fileId: 'image', path: 'logo.png', kind: 'binary' as const }

test('Files stand in the order of their paths, each with its text before.', () => {
  const told = [
    { fileId: 'b', path: 'b.ts', kind: 'changed' as const, before: 'old' },
    { fileId: 'n', path: 'a-new.ts', kind: 'created' as const, before: null },
    { fileId: 'r', path: 'moved.ts', pathBefore: 'first.ts', kind: 'renamed' as const, before: 'same' },
    { fileId: 'd', path: 'gone.ts', kind: 'deleted' as const, before: 'was' },
  ]
  expect(comparedFiles(told, [text('b', 'b.ts'), text('n', 'a-new.ts'), text('r', 'moved.ts')])).toEqual([
    { fileId: 'n', path: 'a-new.ts', kind: 'created', pathBefore: 'a-new.ts', before: '' },
    { fileId: 'b', path: 'b.ts', kind: 'changed', pathBefore: 'b.ts', before: 'old' },
    { fileId: 'd', path: 'gone.ts', kind: 'deleted', pathBefore: 'gone.ts', before: 'was' },
    { fileId: 'r', path: 'moved.ts', kind: 'renamed', pathBefore: 'first.ts', before: 'same' },
  ])
})

test('What is not text has no text before.', () => {
  const told = [
    { fileId: 'image', path: 'logo.png', kind: 'created' as const, before: null },
    { fileId: 'old', path: 'old.png', kind: 'deleted' as const, before: null },
  ]
  expect(comparedFiles(told, [image]).map(({ path, before }) => ({ path, before }))).toEqual([
    { path: 'logo.png', before: null },
    { path: 'old.png', before: null },
  ])
})

test('The tree of now decides: a file may have moved, moved back or gone since the list was read.', () => {
  const told = [
    { fileId: 'm', path: 'm.ts', kind: 'changed' as const, before: 'm' },
    { fileId: 'r', path: 'r2.ts', pathBefore: 'r.ts', kind: 'renamed' as const, before: 'r' },
    { fileId: 'g', path: 'g2.ts', pathBefore: 'g.ts', kind: 'renamed' as const, before: 'g' },
    { fileId: 'n', path: 'n.ts', kind: 'created' as const, before: null },
  ]
  expect(comparedFiles(told, [text('m', 'x/m.ts'), text('r', 'r.ts')])).toEqual([
    { fileId: 'g', path: 'g.ts', kind: 'deleted', pathBefore: 'g.ts', before: 'g' },
    { fileId: 'r', path: 'r.ts', kind: 'changed', pathBefore: 'r.ts', before: 'r' },
    { fileId: 'm', path: 'x/m.ts', kind: 'renamed', pathBefore: 'm.ts', before: 'm' },
  ])
})
