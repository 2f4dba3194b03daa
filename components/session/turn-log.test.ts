import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Mark, Turn, TurnFrame } from '#protocol/turns.ts'
import { manualFrames } from './testing/manual-time.ts'
import { TurnLog } from './turn-log.ts'

const frame = (rest: Partial<TurnFrame>): TurnFrame => ({
  turnId: 't1',
  at: 0,
  text: '',
  reasoningAt: 0,
  reasoning: '',
  marksAt: 0,
  marks: [],
  elapsedMs: 1,
  head: 0,
  ...rest,
})

const turn = (rest: Partial<Turn>): Turn => ({
  turnId: 't1',
  number: 1,
  askedBy: 'mara',
  kind: 'chat',
  prompt: 'Add walls',
  references: [],
  status: 'streaming',
  backend: { backendId: 'replay', name: 'Replay', kind: 'recorded', model: 'recorded' },
  startedAt: 10,
  text: '',
  reasoning: '',
  marks: [],
  ...rest,
})

const open: Mark = { type: 'open', block: 0, at: 3, path: 'src/game.ts' }

test('frames append text, reasoning and marks, and say how far the server is', () => {
  const log = new TurnLog('t1', manualFrames())
  expect(log.append(frame({ reasoning: 'hm ', head: 0 }))).toBe('appended')
  expect(log.append(frame({ text: 'abcdef', reasoningAt: 3, marks: [open], elapsedMs: 40, head: 10 }))).toBe('appended')
  expect({
    text: log.read(),
    reasoning: log.readReasoning(),
    marks: log.marks,
    behind: log.behind,
    elapsedMs: log.elapsedMs,
    cursor: log.cursor(),
  }).toEqual({
    text: 'abcdef',
    reasoning: 'hm ',
    marks: [open],
    behind: 4,
    elapsedMs: 40,
    cursor: { turnId: 't1', text: 6, reasoning: 3, marks: 1 },
  })
})

test('a frame that starts behind the end of the log is a gap and changes nothing', () => {
  const log = new TurnLog('t1', manualFrames())
  log.append(frame({ text: 'abc' }))
  expect(log.append(frame({ at: 4, text: 'e' }))).toBe('gap')
  expect(log.append(frame({ at: 3, text: 'd', marksAt: 1 }))).toBe('gap')
  expect(log.read()).toBe('abc')
})

test('what a frame repeats is skipped', () => {
  const log = new TurnLog('t1', manualFrames())
  log.append(frame({ text: 'abc', marks: [open] }))
  log.append(frame({ at: 1, text: 'bcd', marks: [open] }))
  expect([log.read(), log.marks]).toEqual(['abcd', [open]])
})

test('a frame that goes back cuts off what the server has lost', () => {
  const log = new TurnLog('t1', manualFrames())
  log.append(frame({ text: 'abcdef', reasoning: 'hm ', marks: [open], head: 6 }))
  expect(log.append(frame({ at: 2, reasoningAt: 1, head: 2 }))).toBe('appended')
  expect(log.cursor()).toEqual({ turnId: 't1', text: 2, reasoning: 1, marks: 0 })
  expect([log.read(), log.readReasoning(), log.marks, log.behind]).toEqual(['ab', 'h', [], 0])
})

test('readers are told once per frame however many pieces arrived', () => {
  const frames = manualFrames()
  const log = new TurnLog('t1', frames)
  let told = 0
  const stop = log.subscribe(() => (told += 1))
  log.append(frame({ text: 'a' }))
  log.append(frame({ at: 1, text: 'b' }))
  expect(told).toBe(0)
  frames.run()
  expect(told).toBe(1)
  log.append(frame({ at: 2, text: 'c' }))
  frames.run()
  expect(told).toBe(2)
  stop()
  log.append(frame({ at: 3, text: 'd' }))
  frames.run()
  expect(told).toBe(2)
})

test('a snapshot of a running turn never takes text away, one of an ended turn is final', () => {
  const log = new TurnLog('t1', manualFrames())
  log.append(frame({ text: 'abcdef' }))
  log.adopt(turn({ text: 'abc' }))
  expect(log.read()).toBe('abcdef')
  log.adopt(turn({ text: 'abcd', status: 'ended', reason: 'interrupted' }))
  expect([log.read(), log.behind]).toEqual(['abcd', 0])
})

test('any cutting of a text into overlapping frames reads back as the text, from any offset', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.array(fc.nat(200)), fc.nat(5), fc.nat(200), (text, cuts, overlap, from) => {
      const log = new TurnLog('t1', manualFrames())
      const ends = [...new Set([...cuts.filter((cut) => cut < text.length), text.length])].sort((a, b) => a - b)
      for (const end of ends) {
        const at = Math.max(0, log.length - overlap)
        expect(log.append(frame({ at, text: text.slice(at, end), head: text.length }))).toBe('appended')
      }
      expect(log.read(from)).toBe(text.slice(from))
    }),
  )
})
