import { expect, test } from 'vitest'
import { changeAction } from './change-keyboard.ts'
import { changeRows } from './change-rows.ts'
import { groupChanges } from './changes.ts'
import { hunk, turn } from './testing/changes.ts'

const groups = groupChanges(
  {
    hunks: [hunk({ hunkId: '1', fileId: 'a' }), hunk({ hunkId: '2', fileId: 'a' })],
    turns: [turn({ turnId: 't1', number: 1 })],
    files: [{ fileId: 'a', path: 'a.ts' }],
  },
  () => () => undefined,
)
const open = changeRows(groups, new Set())
const folded = changeRows(groups, new Set(['turn t1']))

function act(key: string, active: number, { rows = open, ...held }: { rows?: typeof open } & Partial<KeyboardEvent> = {}) {
  const press = { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }
  const action = changeAction(press, rows, active, 2)
  if (action === undefined || action.type === 'move') return action
  const { row, ...rest } = action
  return { ...rest, row: row.key }
}

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 3, 3],
  ['ArrowUp', 0, 0],
  ['Home', 3, 0],
  ['End', 0, 3],
  ['PageDown', 0, 2],
  ['PageUp', 3, 1],
  ['ArrowRight', 0, 1],
  ['ArrowLeft', 3, 1],
])('%s on row %i goes to row %i.', (key, from, to) => {
  expect(act(key, from)).toEqual({ type: 'move', to })
})

test('Left folds an open row, right unfolds a folded one.', () => {
  expect([act('ArrowLeft', 0), act('ArrowRight', 0, { rows: folded })]).toEqual([
    { type: 'fold', row: 'turn t1', open: false },
    { type: 'fold', row: 'turn t1', open: true },
  ])
})

test('Enter on a hunk goes into the editor, Space only shows it; both fold a turn.', () => {
  expect([act('Enter', 2), act(' ', 2), act('Enter', 0)]).toEqual([
    { type: 'reveal', row: 'hunk 1', enter: true },
    { type: 'reveal', row: 'hunk 1', enter: false },
    { type: 'fold', row: 'turn t1', open: false },
  ])
})

test.each([{ ctrlKey: true }, { metaKey: true }])("The editor's keys decide what the row stands for (%o).", (held) => {
  expect([act('Enter', 1, held), act('Backspace', 1, { ...held, shiftKey: true })]).toEqual([
    { type: 'decide', row: 'file t1 a', decision: 'accept' },
    { type: 'decide', row: 'file t1 a', decision: 'reject' },
  ])
})

test('Other combinations are left to others.', () => {
  expect([act('ArrowDown', 0, { ctrlKey: true }), act('Enter', 0, { altKey: true }), act('x', 0)]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('An empty list has no use for keys.', () => {
  expect(act('ArrowDown', 0, { rows: [] })).toBeUndefined()
})
