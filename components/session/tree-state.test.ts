import { expect, test } from 'vitest'
import type { FileNode } from '#protocol/sessions.ts'
import { changedTree, treeOf } from './tree-state.ts'

const file = (fileId: string, path: string): FileNode => ({ fileId, path, kind: 'text', lineEnding: 'lf', bytes: 0 })
const tree = treeOf({ files: [file('f1', 'x.ts')], folders: ['old'], treeVersion: 5 })
const paths = ({ files }: { files: FileNode[] }) => files.map(({ fileId, path }) => `${fileId} ${path}`)

test('[F3] an answer that takes a path before it is told who left it shows one file there, and the other one when it is told', () => {
  const answered = changedTree(tree, { version: 7, changed: [file('f2', 'x.ts')], removed: [] })
  expect(paths(answered)).toEqual(['f2 x.ts'])
  const told = changedTree(answered, { version: 6, changed: [file('f1', 'y.ts')], removed: [] })
  expect(paths(told)).toEqual(['f2 x.ts', 'f1 y.ts'])
})

test('[F3] a file that somebody else has taken the place of stays away until it is told where it went', () => {
  const later = changedTree(tree, { version: 9, changed: [file('f2', 'z.ts')], removed: [] })
  const earlier = changedTree(later, { version: 8, changed: [file('f1', 'z.ts')], removed: [] })
  expect(paths(earlier)).toEqual(['f2 z.ts'])
  expect(paths(changedTree(earlier, { version: 9, changed: [file('f1', 'w.ts')], removed: [] }))).toEqual([
    'f1 w.ts',
    'f2 z.ts',
  ])
})

test('[F3] what is older than what is known of a file, or of the folders, changes nothing', () => {
  const removed = changedTree(tree, { version: 8, changed: [], removed: ['f1'], folders: ['new'] })
  expect(changedTree(removed, { version: 7, changed: [file('f1', 'y.ts')], removed: [], folders: ['old'] })).toEqual(removed)
})

test('[F4] what the snapshot holds already changes nothing', () => {
  expect(changedTree(tree, { version: 5, changed: [file('f1', 'older.ts')], removed: [], folders: [] })).toEqual(tree)
})
