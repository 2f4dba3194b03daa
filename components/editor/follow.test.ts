import { expect, test } from 'vitest'
import { followStep, type FollowMoment } from './follow.ts'

const moment = (rest: Partial<FollowMoment> = {}): FollowMoment => ({
  now: 10_000,
  following: true,
  head: { fileId: 'a', line: 90 },
  shown: { fileId: 'a', firstLine: 20, lastLine: 60 },
  typedAt: 0,
  movedAt: 0,
  ...rest,
})

test('the view moves to a write head that is out of sight', () => {
  expect(followStep(moment())).toEqual({ type: 'reveal', line: 90 })
  expect(followStep(moment({ head: { fileId: 'a', line: 59 } }))).toEqual({ type: 'reveal', line: 59 })
})

test('it stays while the write head is in sight, also at the top of the file', () => {
  expect(followStep(moment({ head: { fileId: 'a', line: 40 } }))).toEqual({ type: 'stay' })
  const top = { fileId: 'a', firstLine: 1, lastLine: 40 }
  expect(followStep(moment({ head: { fileId: 'a', line: 1 }, shown: top }))).toEqual({ type: 'stay' })
})

test('it stays when nobody follows, nothing is written, or the person has just typed', () => {
  expect(followStep(moment({ following: false }))).toEqual({ type: 'stay' })
  expect(followStep(moment({ head: null }))).toEqual({ type: 'stay' })
  expect(followStep(moment({ typedAt: 9_000 }))).toEqual({ type: 'stay' })
})

test('another file is opened, but each stays on screen for a moment', () => {
  const other = { head: { fileId: 'b', line: 1 } }
  expect(followStep(moment(other))).toEqual({ type: 'open', fileId: 'b' })
  expect(followStep(moment({ ...other, shown: null }))).toEqual({ type: 'open', fileId: 'b' })
  expect(followStep(moment({ ...other, movedAt: 9_800 }))).toEqual({ type: 'stay' })
})

test('it stays while the text that was written is not there yet', () => {
  expect(followStep(moment({ head: { fileId: 'a', line: undefined } }))).toEqual({ type: 'stay' })
})

test('reveals keep a distance in time', () => {
  expect(followStep(moment({ movedAt: 9_950 }))).toEqual({ type: 'stay' })
})
