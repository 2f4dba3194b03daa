import { expect, test } from 'vitest'
import { ManualTimers } from './test-backend.ts'
import { Warmth } from './warmth.ts'

const minute = 60_000

function start() {
  const timers = new ManualTimers()
  const pingedAt: number[] = []
  const warmth = new Warmth(async () => void pingedAt.push(timers.now() / minute), timers)
  const pass = async (minutes: number) => {
    for (let passed = 0; passed < minutes; passed += 1) {
      timers.advance(minute)
      await Promise.resolve()
      await Promise.resolve()
    }
  }
  return { timers, pingedAt, warmth, pass }
}

test('a wanted connection is opened now and pinged every minute until ten minutes after its last use', async () => {
  const { timers, pingedAt, warmth, pass } = start()
  await warmth.want()
  await pass(5)
  warmth.used()
  await pass(60)
  expect(pingedAt).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])
  expect(timers.running).toBe(0)
})

test('after it has grown cold it can be wanted again', async () => {
  const { pingedAt, warmth, pass } = start()
  await warmth.want()
  await pass(30)
  await warmth.want()
  await pass(1)
  expect(pingedAt.slice(-2)).toEqual([30, 31])
})

test('wanting it twice at once pings once', async () => {
  const { pingedAt, warmth } = start()
  await Promise.all([warmth.want(), warmth.want()])
  expect(pingedAt).toEqual([0])
})

test('closed, it neither pings nor keeps a timer', async () => {
  const { timers, pingedAt, warmth, pass } = start()
  await warmth.want()
  warmth.close()
  await warmth.want()
  await pass(5)
  expect({ pingedAt, timers: timers.running }).toEqual({ pingedAt: [0], timers: 0 })
})
