import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { PresencePlace } from '#protocol/presence-commands.ts'
import { Presences, type PresenceEvent } from './presence.ts'

/** Presence over a clock that moves when the test says so, and everything that was told of it. */
function presence() {
  let now = 0
  let timers: { at: number; work: () => void }[] = []
  const presences = new Presences({
    log: pino({ level: 'silent' }),
    clock: {
      now: () => now,
      after(delayMs, work) {
        const timer = { at: now + delayMs, work }
        timers.push(timer)
        return () => void (timers = timers.filter((other) => other !== timer))
      },
    },
  })
  const told: PresenceEvent[] = []
  presences.onEvent((event) => told.push(event))
  const advance = (ms: number) => {
    for (const end = now + ms; ;) {
      const next = timers.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0]
      now = next?.at ?? end
      if (next === undefined) return
      timers = timers.filter((timer) => timer !== next)
      next.work()
    }
  }
  return { presences, advance, told: () => told.splice(0), timers: () => timers.length }
}

const mara = { sessionId: 's', connectionId: 'c1', participantId: 'mara' }
const jonas = { sessionId: 's', connectionId: 'c2', participantId: 'jonas' }
const at = (line: number): PresencePlace => ({ fileId: 'f', line, following: null, state: 'active' })

test('[P1] who has joined is told at once as being nowhere, and is in the list', () => {
  const { presences, advance, told } = presence()
  presences.set(mara)
  advance(0)
  const entered = { connectionId: 'c1', participantId: 'mara', fileId: null, following: null, state: 'active' }
  expect(told()).toEqual([{ type: 'changed', sessionId: 's', changed: [entered], gone: [] }])
  expect(presences.of('s')).toEqual([entered])
  expect(presences.of('other')).toEqual([])
})

test('[P3] moves of everyone within a moment are told as one, each with the latest place', () => {
  const { presences, advance, told } = presence()
  presences.set(mara)
  presences.set(jonas)
  advance(0)
  told()
  for (let line = 1; line <= 40; line++) {
    presences.set(mara, at(line))
    presences.set(jonas, at(line + 100))
    advance(1)
  }
  advance(80)
  const changes = told().flatMap((event) => (event.type === 'changed' ? [event.changed.map(({ line }) => line)] : []))
  expect(changes).toEqual([[40, 140]])
})

test('[P3] a session whose people move all the time is told about twelve times a second', () => {
  const { presences, advance, told } = presence()
  for (let line = 1; line <= 1_000; line++) {
    presences.set(mara, at(line))
    advance(1)
  }
  expect(told().filter(({ type }) => type === 'changed').length).toBeLessThanOrEqual(13)
})

test('[P4] who leaves is told at once, and never as moved', () => {
  const { presences, advance, told } = presence()
  presences.set(mara)
  presences.set(jonas)
  advance(0)
  told()
  presences.set(mara, at(3))
  presences.leave('c1')
  expect(told()).toEqual([{ type: 'changed', sessionId: 's', changed: [], gone: ['c1'] }])
  presences.leave('c1')
  advance(200)
  expect(told()).toEqual([])
})

test('[P5] a silent connection is asked, and is gone after ten seconds without an answer', () => {
  const { presences, advance, told } = presence()
  presences.set(mara)
  presences.set(jonas)
  advance(4_000)
  expect(told().slice(1)).toEqual([
    { type: 'asked', connectionId: 'c1' },
    { type: 'asked', connectionId: 'c2' },
  ])
  presences.set(jonas, at(1))
  advance(6_000)
  expect(told().filter(({ type }) => type === 'changed')).toEqual([
    expect.objectContaining({ changed: [{ ...at(1), connectionId: 'c2', participantId: 'jonas' }] }),
    expect.objectContaining({ changed: [], gone: ['c1'] }),
  ])
  expect(presences.of('s').map(({ connectionId }) => connectionId)).toEqual(['c2'])
})

test('[P5] an answer that says the same place is heard, and told to nobody', () => {
  const { presences, advance, told } = presence()
  presences.set(mara, at(3))
  presences.set(jonas, at(1))
  advance(4_000)
  told()
  presences.set(mara, at(3))
  presences.set(jonas, at(1))
  advance(3_000)
  expect(told()).toEqual([])
  expect(presences.of('s')).toHaveLength(2)
})

test('[P5] who answers after having been taken for gone is back', () => {
  const { presences, advance, told } = presence()
  presences.set(mara)
  advance(10_000)
  told()
  presences.set(mara, at(9))
  advance(80)
  expect(told()).toEqual([expect.objectContaining({ changed: [expect.objectContaining({ line: 9 })], gone: [] })])
})

test('nothing runs any more once everybody has left', () => {
  const { presences, advance, timers } = presence()
  presences.set(mara)
  presences.leave('c1')
  advance(2_000)
  expect(timers()).toBe(0)
})

test('[P6] a call to come is told with the place of who calls, and refused where they are in no file', () => {
  const { presences, told } = presence()
  presences.set(mara)
  expect(presences.gather('c1')).toBe(false)
  const head = new Uint8Array([1])
  presences.set(mara, { ...at(7), selections: [{ head }] })
  expect(presences.gather('c1')).toBe(true)
  const gathering = { participantId: 'mara', connectionId: 'c1', fileId: 'f', line: 7, head }
  expect(told()).toEqual([{ type: 'gathering', sessionId: 's', gathering }])
})
