import { expect, test } from 'vitest'
import { createPace } from './pace.ts'
import { play, type Ending, type Frame, type PlayOptions, type Sink } from './play.ts'
import { createTestClock, type TestClock } from './test-clock.ts'

function* numberedFrames(count: number, ending: Ending = 'end'): Generator<Frame, Ending> {
  for (let tokens = 1; tokens <= count; tokens += 1) yield { tokens, text: `${tokens} ` }
  return ending
}

function createTestSink(clock: TestClock) {
  const writes: { atMs: number; text: string }[] = []
  const waits: string[] = []
  const sink: Sink = {
    write: (bytes) => {
      writes.push({ atMs: clock.nowMs(), text: bytes.toString() })
      return bytes.length < 50_000
    },
    drained: async () => {
      waits.push('drained')
    },
    flushed: async () => {
      waits.push('flushed')
    },
  }
  return { sink, writes, waits }
}

function optionsFor(clock: TestClock, tokensPerSecond: number, count: number, changes: Partial<PlayOptions> = {}): PlayOptions {
  return {
    clock,
    pace: createPace({ tokensPerSecond, jitter: 0, seed: 1 }, count),
    firstTokenMs: 150,
    eventsPerWrite: 0,
    splitBytes: 0,
    signal: new AbortController().signal,
    onStarted: () => undefined,
    onWritten: () => undefined,
    ...changes,
  }
}

test.each([300, 1000, 3000])(
  '%i tokens/s takes the right time with at most one timer per 4 ms, however late timers are',
  async (rate) => {
    let tick = 0
    const clock = createTestClock(() => [0.1, 1.3, 7, 0.4][(tick += 1) % 4] ?? 0)
    const { sink, writes } = createTestSink(clock)
    const count = rate * 10
    expect(await play(numberedFrames(count), sink, optionsFor(clock, rate, count))).toBe('end')

    const elapsedMs = (writes.at(-1)?.atMs ?? 0) - 150
    expect(Math.abs(elapsedMs / 10_000 - 1)).toBeLessThan(0.002)
    expect(Math.min(...clock.sleeps)).toBeGreaterThanOrEqual(4)
    expect(writes.map(({ text }) => text).join('')).toBe(Array.from({ length: count }, (_, index) => `${index + 1} `).join(''))
  },
)

test('a late start delays the whole answer, so that the rate after it is right', async () => {
  const clock = createTestClock()
  clock.advance(500)
  const { sink, writes } = createTestSink(clock)
  const started: number[] = []
  await play(numberedFrames(1001), sink, optionsFor(clock, 1000, 1001, { onStarted: (atMs) => started.push(atMs) }))
  expect(started).toEqual([500])
  expect(writes[0]).toEqual({ atMs: 500, text: '1 ' })
  expect(writes.at(-1)?.atMs).toBe(1500)
})

test('no token is early: by each write, the rate allows what was written', async () => {
  const clock = createTestClock()
  const { sink, writes } = createTestSink(clock)
  await play(numberedFrames(3000), sink, optionsFor(clock, 1000, 3000))
  for (const { atMs, text } of writes) expect(Number(text.trim().split(' ').at(-1)) - 1).toBeLessThanOrEqual(atMs - 150 + 1e-6)
  expect(writes[0]).toEqual({ atMs: 150, text: '1 ' })
})

test('flat out never sleeps after the first token, writes 64 KB at a time and waits when the socket is full', async () => {
  const clock = createTestClock()
  const { sink, writes, waits } = createTestSink(clock)
  await play(numberedFrames(100_000), sink, optionsFor(clock, 0, 100_000))
  expect(clock.sleeps).toEqual([150])
  expect(writes.every(({ text }) => text.length < 64 * 1024 + 10)).toBe(true)
  expect(waits).toEqual(writes.filter(({ text }) => text.length >= 50_000).map(() => 'drained'))
  expect(waits.length).toBeGreaterThan(5)
})

test('events per write bounds every write and makes each a network write of its own', async () => {
  const clock = createTestClock()
  const { sink, writes, waits } = createTestSink(clock)
  await play(numberedFrames(7), sink, optionsFor(clock, 0, 7, { eventsPerWrite: 3 }))
  expect(writes.map(({ text }) => text)).toEqual(['1 2 3 ', '4 5 6 ', '7 '])
  expect(waits).toEqual(['flushed', 'flushed', 'flushed'])
})

test('split bytes cuts inside characters, and the pieces join to the text', async () => {
  const clock = createTestClock()
  const pieces: Buffer[] = []
  const { sink } = createTestSink(clock)
  const collecting: Sink = { ...sink, write: (bytes) => pieces.push(Buffer.from(bytes)) > 0 }
  function* frames(): Generator<Frame, Ending> {
    yield { tokens: 1, text: 'naïve 👩‍🚀\n\n' }
    return 'end'
  }
  await play(frames(), collecting, optionsFor(clock, 0, 1, { splitBytes: 1 }))
  expect(pieces.every((piece) => piece.length === 1)).toBe(true)
  expect(Buffer.concat(pieces).toString()).toBe('naïve 👩‍🚀\n\n')
})

test('an abort ends the playing between two writes and reports what was written before', async () => {
  const clock = createTestClock()
  const left = new AbortController()
  const written: number[] = []
  const { sink } = createTestSink(clock)
  const onWritten = (tokens: number) => {
    written.push(tokens)
    if (tokens >= 20) left.abort()
  }
  const ending = await play(numberedFrames(1000), sink, optionsFor(clock, 1000, 1000, { signal: left.signal, onWritten }))
  expect(ending).toBeUndefined()
  expect(written.at(-1)).toBeLessThan(30)
})

test('the ending of the frames is handed on', async () => {
  const clock = createTestClock()
  const { sink } = createTestSink(clock)
  expect(await play(numberedFrames(2, 'reset'), sink, optionsFor(clock, 1000, 2))).toBe('reset')
})
