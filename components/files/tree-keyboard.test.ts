import type { FileNode } from '#protocol/sessions.ts'
import { expect, test } from 'vitest'
import { buildTree } from './build-tree.ts'
import { treeAction, typeAhead } from './tree-keyboard.ts'

const files = ['src/draw/board.ts', 'src/game.ts', 'README.md', 'main.ts'].map((path): FileNode => ({
  fileId: path,
  path,
  kind: 'text',
  lineEnding: 'lf',
  bytes: 1,
}))
// src, src/draw, src/draw/board.ts, src/game.ts, main.ts, README.md
const rows = buildTree(files, new Set())

test('Arrows, Home, End and pages move the active row and stop at the ends.', () => {
  expect(treeAction('ArrowDown', rows, 0, 3)).toEqual({ type: 'move', to: 1 })
  expect(treeAction('ArrowUp', rows, 0, 3)).toEqual({ type: 'move', to: 0 })
  expect(treeAction('End', rows, 0, 3)).toEqual({ type: 'move', to: 5 })
  expect(treeAction('Home', rows, 4, 3)).toEqual({ type: 'move', to: 0 })
  expect(treeAction('PageDown', rows, 4, 3)).toEqual({ type: 'move', to: 5 })
  expect(treeAction('PageUp', rows, 4, 3)).toEqual({ type: 'move', to: 1 })
})

test('Right opens a folder and then goes into it; left closes it and then goes to its parent.', () => {
  const closed = buildTree(files, new Set(['src']))
  expect(treeAction('ArrowRight', closed, 0, 3)).toEqual({ type: 'fold', path: 'src', open: true })
  expect(treeAction('ArrowRight', rows, 0, 3)).toEqual({ type: 'move', to: 1 })
  expect(treeAction('ArrowLeft', rows, 0, 3)).toEqual({ type: 'fold', path: 'src', open: false })
  expect(treeAction('ArrowLeft', rows, 2, 3)).toEqual({ type: 'move', to: 1 })
  expect(treeAction('ArrowLeft', rows, 4, 3)).toBeUndefined()
})

test('Enter opens a file and goes there, Space only shows it; either folds a folder; F2 renames and Delete deletes either.', () => {
  expect(treeAction('Enter', rows, 3, 3)).toEqual({ type: 'open', row: rows[3], enter: true })
  expect(treeAction(' ', rows, 3, 3)).toEqual({ type: 'open', row: rows[3], enter: false })
  expect(treeAction('Enter', rows, 1, 3)).toEqual({ type: 'fold', path: 'src/draw', open: false })
  expect(treeAction('F2', rows, 1, 3)).toEqual({ type: 'rename', row: rows[1] })
  expect(treeAction('Delete', rows, 3, 3)).toEqual({ type: 'delete', row: rows[3] })
})

test('Other keys and an empty tree do nothing.', () => {
  expect(treeAction('q', rows, 0, 3)).toBeUndefined()
  expect(treeAction('Enter', [], 0, 3)).toBeUndefined()
})

test('Typing a name goes to the next row that starts with it, around the end.', () => {
  expect(typeAhead('r', rows, 0)).toBe(5)
  expect(typeAhead('s', rows, 0)).toBe(0)
  expect(typeAhead('ga', rows, 3)).toBe(3)
  expect(typeAhead('M', rows, 5)).toBe(4)
  expect(typeAhead('x', rows, 0)).toBe(-1)
})
