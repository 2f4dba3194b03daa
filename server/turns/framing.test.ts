import { expect, test } from 'vitest'
import type { ServerEvents } from '#protocol/events.ts'
import { limits } from '#protocol/limits.ts'
import type { TurnFrame } from '#protocol/turns.ts'
import { Framing } from './framing.ts'
import { ManualTimers } from './testing/manual-timers.ts'
import { Ticker } from './ticker.ts'
import { TurnLog } from './turn-log.ts'
import type { Viewer } from './turns.ts'

class Tab implements Viewer {
  isReady = true
  readonly frames: TurnFrame[] = []
  readonly endings: ServerEvents['turn.ended'][] = []

  ready(): boolean {
    return this.isReady
  }
  frame(frame: TurnFrame): void {
    this.frames.push(frame)
  }
  ended(ended: ServerEvents['turn.ended']): void {
    this.endings.push(ended)
  }
  get text(): string {
    return this.frames.map(({ text }) => text).join('')
  }
}

function stage() {
  const timers = new ManualTimers()
  const failures: string[] = []
  const framing: Framing = new Framing({
    monotonicMs: () => timers.monotonicMs(),
    wake: () => ticker.wake(),
    log: { warn: (_, message) => failures.push(message), error: (_, message) => failures.push(message) },
  })
  const ticker: Ticker = new Ticker(timers, limits.frameIntervalMs, () => framing.tick())
  const log = new TurnLog('turn')
  const say = (text: string) => {
    const isFirst = log.head.text === 0
    log.append({ text, reasoning: '', marks: [], elapsedMs: timers.monotonicMs() })
    if (isFirst) framing.first(log)
    ticker.wake()
  }
  const end = () => {
    log.end({ turnId: 'turn', reason: 'complete' })
    framing.ended(log)
  }
  const noEnded = () => Promise.resolve([])
  return { timers, framing, log, say, end, noEnded, failures }
}

test('The first token reaches a viewer in the same tick, later ones at most once per frame interval.', () => {
  const { timers, framing, log, say, end, noEnded } = stage()
  const tab = new Tab()
  framing.watch('session', tab, [], noEnded)
  framing.open('session', log)
  say('0')
  expect(tab.frames.map(({ text }) => text)).toEqual(['0'])
  for (let token = 1; token < 48; token += 1) {
    timers.advance(1)
    say(String(token % 10))
  }
  end()
  timers.advance(limits.frameIntervalMs)
  expect(tab.frames.map(({ at, text }) => ({ at, length: text.length }))).toEqual([
    { at: 0, length: 1 },
    { at: 1, length: 15 },
    { at: 16, length: 16 },
    { at: 32, length: 16 },
  ])
  expect(tab.endings).toEqual([{ turnId: 'turn', reason: 'complete' }])
})

test('A viewer that is not ready makes nobody wait, keeps only its cursor, and catches up in fewer, larger frames.', () => {
  const { timers, framing, log, say, end, noEnded } = stage()
  const fast = new Tab()
  const slow = new Tab()
  framing.watch('session', fast, [], noEnded)
  framing.watch('session', slow, [], noEnded)
  framing.open('session', log)
  slow.isReady = false
  for (let second = 0; second < 20; second += 1) {
    say('x'.repeat(4_000))
    timers.advance(limits.frameIntervalMs)
  }
  end()
  timers.advance(limits.frameIntervalMs)
  expect(fast.frames).toHaveLength(20)
  expect(fast.endings).toHaveLength(1)
  expect(slow.frames).toEqual([])
  expect(slow.endings).toEqual([])
  slow.isReady = true
  timers.advance(4 * limits.frameIntervalMs)
  expect(slow.frames.map(({ text }) => text.length)).toEqual([32_000, 32_000, 16_000])
  expect(slow.text).toBe(fast.text)
  expect(slow.endings).toEqual(fast.endings)
})

test('A returning viewer gets exactly the rest of a running turn.', () => {
  const { timers, framing, log, say, noEnded } = stage()
  framing.open('session', log)
  say('Hello world')
  timers.advance(limits.frameIntervalMs)
  const tab = new Tab()
  framing.watch('session', tab, [{ turnId: 'turn', text: 6, reasoning: 0, marks: 0 }], noEnded)
  timers.advance(limits.frameIntervalMs)
  expect(tab.frames.map(({ at, text }) => ({ at, text }))).toEqual([{ at: 6, text: 'world' }])
})

test('A viewer whose turn ended meanwhile gets the rest from the store and is then told the end.', async () => {
  const { timers, framing } = stage()
  const stored = new TurnLog('old')
  stored.append({ text: 'All of it', reasoning: '', marks: [], elapsedMs: 0 })
  stored.end({ turnId: 'old', reason: 'complete' })
  const tab = new Tab()
  framing.watch('session', tab, [{ turnId: 'old', text: 4, reasoning: 0, marks: 0 }], () => Promise.resolve([stored]))
  await new Promise(setImmediate)
  timers.advance(limits.frameIntervalMs)
  expect(tab.text).toBe('of it')
  expect(tab.endings).toEqual([{ turnId: 'old', reason: 'complete' }])
})

test('Viewers of another session see nothing, and one that left gets nothing more.', () => {
  const { timers, framing, log, say, noEnded } = stage()
  const stranger = new Tab()
  const leaver = new Tab()
  framing.watch('other session', stranger, [], noEnded)
  const watch = framing.watch('session', leaver, [], noEnded)
  framing.open('session', log)
  say('a')
  watch.stop()
  say('b')
  timers.advance(100)
  expect(stranger.frames).toEqual([])
  expect(leaver.text).toBe('a')
})

test('A viewer that throws loses its place, and the others go on.', () => {
  const { timers, framing, log, say, noEnded, failures } = stage()
  const broken = new Tab()
  broken.ready = () => {
    throw new Error('the connection is gone')
  }
  const tab = new Tab()
  framing.watch('session', broken, [], noEnded)
  framing.watch('session', tab, [], noEnded)
  framing.open('session', log)
  say('a')
  timers.advance(limits.frameIntervalMs)
  say('b')
  expect(tab.text).toBe('ab')
  expect(failures).toEqual(['a viewer of turns failed'])
})

test('No timer runs once everything is told.', () => {
  const { timers, framing, log, say, end, noEnded } = stage()
  framing.watch('session', new Tab(), [], noEnded)
  framing.open('session', log)
  say('a')
  end()
  timers.advance(3 * limits.frameIntervalMs)
  expect(timers.waiting).toBe(0)
})
