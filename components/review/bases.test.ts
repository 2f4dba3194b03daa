import { expect, test } from 'vitest'
import { baseOf, basesOf, type BaseSources } from './bases.ts'

type Turn = BaseSources['turns'][number]
const turn = (number: number, rest: Partial<Turn> = {}): Turn => ({
  turnId: `t${number}`,
  number,
  status: 'ended',
  prompt: `Do ${number}\nand more`,
  ...rest,
})
const kept = (number: number): Turn => turn(number, { hasCheckpoint: true })
const zip = { baseId: 'z1', name: 'main', addedBy: 'p1', addedAt: 1, files: 1_200 }

test('The start comes first, then the zips, then the turns, newest first.', () => {
  expect(basesOf({ turns: [kept(1), kept(2)], zips: [zip] }).map(({ title, detail }) => [title, detail])).toEqual([
    ['Session start', 'as the session began'],
    ['main (zip)', '1,200 files'],
    ['Before turn 2', 'Do 2'],
    ['Before turn 1', 'Do 1'],
  ])
})

test('A turn without a checkpoint is no base; one that streams has its own.', () => {
  const turns = [
    kept(1),
    turn(2),
    turn(3, { status: 'streaming' }),
    turn(4, { status: 'waiting' }),
    turn(5, { status: 'queued' }),
  ]
  expect(basesOf({ turns, zips: [] }).map(({ baseId }) => baseId)).toEqual(['start', 't3', 't1'])
})

test('A base has its name by its id, and a zip that is gone is a zip still.', () => {
  const sources = { turns: [kept(1)], zips: [zip] }
  expect(['start', 't1', 'z1', 'gone'].map((baseId) => baseOf(baseId, sources).wording)).toEqual([
    'the start of the session',
    'before turn 1',
    'the zip main',
    'a zip',
  ])
})
