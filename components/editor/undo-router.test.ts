import { expect, test } from 'vitest'
import { UndoRouter } from './undo-router.ts'

const always = () => true
const typing = { kind: 'typing' }
const turn = (turnId: string) => ({ kind: 'turn', turnId })

test('The newest step goes first, whichever kind it is, and redo brings it back.', () => {
  const router = new UndoRouter()
  router.typed()
  router.wrote('t1')
  router.typed()
  expect([router.undo(always), router.undo(always), router.undo(always), router.undo(always)]).toEqual([
    typing,
    turn('t1'),
    typing,
    undefined,
  ])
  expect([router.redo(always), router.redo(always), router.redo(always), router.redo(always)]).toEqual([
    typing,
    turn('t1'),
    typing,
    undefined,
  ])
})

test('Typing after an undo forgets what could be redone.', () => {
  const router = new UndoRouter()
  router.wrote('t1')
  router.undo(always)
  router.typed()
  expect(router.canRedo(always)).toBe(false)
  expect(router.redo(always)).toBeUndefined()
  expect(router.undo(always)).toEqual(typing)
})

test('A turn that goes on writing is one step, at its newest place.', () => {
  const router = new UndoRouter()
  router.wrote('t1')
  router.typed()
  router.wrote('t1')
  expect([router.undo(always), router.undo(always), router.undo(always)]).toEqual([turn('t1'), typing, undefined])
})

test('A turn whose hunks somebody has decided meanwhile is passed over.', () => {
  const router = new UndoRouter()
  router.typed()
  router.wrote('t1')
  router.wrote('t2')
  const isUndoable = (turnId: string) => turnId === 't1'
  expect(router.canUndo(isUndoable)).toBe(true)
  expect(router.undo(isUndoable)).toEqual(turn('t1'))
  expect(router.canRedo(() => false)).toBe(false)
  expect(router.undo(() => false)).toEqual(typing)
})
