import { expect, test } from 'vitest'
import type { TurnInfo } from './session-state.ts'
import { redoableTurns } from './redoable-turns.ts'

const turn = (number: number, kind: TurnInfo['kind'], status: TurnInfo['status'] = 'ended') => ({
  turnId: `t${number}`,
  number,
  kind,
  status,
})

test('hunks come back until the next chat turn begins; an inline turn or one that still waits is none', () => {
  expect([...redoableTurns([turn(1, 'chat'), turn(2, 'chat'), turn(3, 'inline'), turn(4, 'chat', 'queued')])]).toEqual([
    't2',
    't3',
    't4',
  ])
  expect([...redoableTurns([turn(1, 'chat'), turn(2, 'chat', 'waiting')])]).toEqual(['t2'])
  expect([...redoableTurns([])]).toEqual([])
})
