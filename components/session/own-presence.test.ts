import { expect, test } from 'vitest'
import type { Result } from '#protocol/failures.ts'
import type { PresencePlace } from '#protocol/presence-commands.ts'
import { OwnPresence } from './own-presence.ts'
import { manualClock } from './testing/manual-time.ts'

function own(answer: Result<unknown> = { ok: true, value: {} }) {
  const clock = manualClock()
  const sent: PresencePlace[] = []
  const presence = new OwnPresence({
    clock,
    send: (place) => {
      sent.push(place)
      return Promise.resolve(answer)
    },
  })
  return { clock, sent, presence }
}

/** One that has joined and shows a file. */
function joined() {
  const tab = own()
  tab.presence.tell()
  tab.presence.show('f1', null)
  tab.clock.advance(0)
  tab.sent.splice(0)
  tab.clock.advance(1_000)
  return tab
}

test('nothing is said before the join, and where one is right after it', () => {
  const { clock, sent, presence } = own()
  presence.show('f1', 'mara')
  clock.advance(500)
  expect(sent).toEqual([])
  presence.tell()
  clock.advance(0)
  expect(sent).toEqual([{ fileId: 'f1', following: 'mara', state: 'active' }])
})

test('a cursor that moves all the time is told at most every 120 ms, at its latest place', () => {
  const { clock, sent, presence } = joined()
  let line = 0
  presence.attach(() => ({ fileId: 'f1', line }))
  for (let moves = 0; moves < 60; moves++) {
    line += 1
    presence.moved()
    clock.advance(10)
  }
  clock.advance(120)
  expect(sent.length).toBeLessThanOrEqual(7)
  expect(sent.at(-1)?.line).toBe(60)
})

test('a place that did not change is not told again', () => {
  const { clock, sent, presence } = joined()
  presence.attach(() => ({ fileId: 'f1', line: 1, selections: [{ head: new Uint8Array([1, 2]) }] }))
  presence.moved()
  clock.advance(120)
  presence.moved()
  clock.advance(120)
  expect(sent).toHaveLength(1)
})

test('an editor that still shows another file is not believed', () => {
  const { clock, sent, presence } = joined()
  presence.attach(() => ({ fileId: 'f1', line: 4 }))
  presence.show('f2', null)
  clock.advance(120)
  expect(sent).toEqual([{ fileId: 'f2', following: null, state: 'active' }])
})

test('typing ends by itself, and so does being active', () => {
  const { clock, sent, presence } = joined()
  presence.typed()
  clock.advance(120)
  clock.advance(2_000)
  clock.advance(120_000)
  expect(sent.map(({ state }) => state)).toEqual(['typing', 'active', 'idle'])
  presence.used()
  clock.advance(120)
  expect(sent.at(-1)?.state).toBe('active')
})

test('a hidden tab is idle, and says so; writing to the others is a state of its own', () => {
  const { clock, sent, presence } = joined()
  presence.setHidden(true)
  clock.advance(120)
  presence.setHidden(false)
  presence.messaging(true)
  clock.advance(120)
  presence.messaging(false)
  clock.advance(120)
  expect(sent.map(({ state }) => state)).toEqual(['idle', 'messaging', 'active'])
})

test('who is asked answers, also where nothing changed', () => {
  const { clock, sent, presence } = joined()
  presence.tell()
  clock.advance(120)
  expect(sent).toHaveLength(1)
})

test('what was told too often is told again when the server says', async () => {
  const { clock, sent, presence } = own({ ok: false, error: { code: 'rate_limited', retryAfterMs: 700 } })
  presence.tell()
  clock.advance(0)
  await Promise.resolve()
  clock.advance(699)
  expect(sent).toHaveLength(1)
  clock.advance(1)
  expect(sent).toHaveLength(2)
  presence.close()
})
