import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '#protocol/limits.ts'
import { cursorAfter, TurnLog } from './turn-log.ts'

const beginning = { text: 0, reasoning: 0, marks: 0 }

test('A frame holds exactly what follows the cursor and says how long the whole answer is.', () => {
  const log = new TurnLog('turn')
  log.append({ text: '', reasoning: 'Think. ', marks: [], elapsedMs: 10 })
  log.append({ text: 'Hello ', reasoning: '', marks: [], elapsedMs: 11.5 })
  log.append({ text: 'world', reasoning: '', marks: [{ type: 'open', block: 1, at: 8, path: 'a.ts' }], elapsedMs: 12 })
  expect(log.frameAfter({ text: 6, reasoning: 0, marks: 0 })).toEqual({
    turnId: 'turn',
    at: 6,
    text: 'world',
    reasoningAt: 0,
    reasoning: 'Think. ',
    marksAt: 0,
    marks: [{ type: 'open', block: 1, at: 8, path: 'a.ts' }],
    elapsedMs: 12,
    head: 11,
  })
  expect(log.frameAfter({ text: 11, reasoning: 7, marks: 1 })).toBeUndefined()
})

test('A frame never ends inside a surrogate pair.', () => {
  const log = new TurnLog('turn')
  const text = `a${'🐍'.repeat(limits.frameLength / 2)}`
  log.append({ text, reasoning: '', marks: [], elapsedMs: 1 })
  const first = log.frameAfter(beginning)
  expect(first?.text).toBe(text.slice(0, -2))
  expect(first && log.frameAfter(cursorAfter(first))?.text).toBe('🐍')
})

test('A log that is cut gives those who have read on an empty frame at its end, and everybody else no more than that.', () => {
  const log = new TurnLog('turn')
  log.append({ text: 'stored', reasoning: 'hm ', marks: [{ type: 'open', block: 1, at: 3, path: 'a.ts' }], elapsedMs: 1 })
  const stored = log.head
  log.append({ text: ' and lost', reasoning: 'oh ', marks: [{ type: 'close', block: 1, at: 8 }], elapsedMs: 2 })
  const ahead = log.head
  log.cutTo(stored)
  expect(log.frameAfter(ahead)).toMatchObject({
    at: 6,
    text: '',
    reasoningAt: 3,
    reasoning: '',
    marksAt: 1,
    marks: [],
    head: 6,
  })
  expect(log.frameAfter(stored)).toBeUndefined()
  expect(log.frameAfter(beginning)).toMatchObject({ text: 'stored', reasoning: 'hm ' })
})

test('A cursor behind the end of the log gets an empty frame at the end.', () => {
  const log = new TurnLog('turn')
  log.append({ text: 'short', reasoning: '', marks: [], elapsedMs: 1 })
  const frame = log.frameAfter({ text: 50, reasoning: 0, marks: 0 })
  expect(frame).toMatchObject({ at: 5, text: '', head: 5 })
  expect(frame && cursorAfter(frame)).toEqual({ text: 5, reasoning: 0, marks: 0 })
})

test('Frames put together are the log, whatever the reads and wherever a viewer stopped.', () => {
  const read = fc.record({
    text: fc.string({ unit: 'binary', maxLength: 9 }),
    reasoning: fc.string({ maxLength: 3 }),
    long: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(read, { maxLength: 12 }), fc.nat(10), (reads, watchEvery) => {
      const log = new TurnLog('turn')
      let cursor = beginning
      let text = ''
      let reasoning = ''
      const marks: unknown[] = []
      const take = () => {
        for (let frame = log.frameAfter(cursor); frame !== undefined; frame = log.frameAfter(cursor)) {
          expect([frame.at, frame.reasoningAt, frame.marksAt]).toEqual([cursor.text, cursor.reasoning, cursor.marks])
          expect(frame.text.length + frame.reasoning.length).toBeLessThanOrEqual(limits.frameLength)
          text += frame.text
          reasoning += frame.reasoning
          marks.push(...frame.marks)
          for (const mark of frame.marks) expect(mark.at).toBeLessThanOrEqual(text.length)
          cursor = cursorAfter(frame)
        }
      }
      for (const [index, { text: piece, reasoning: thought, long }] of reads.entries()) {
        const whole = long ? piece.repeat(9_000) : piece
        log.append({ text: whole, reasoning: thought, marks: [], elapsedMs: index })
        log.append({ text: '', reasoning: '', marks: [{ type: 'close', block: index, at: log.head.text }], elapsedMs: index })
        if (index % (watchEvery + 1) === 0) take()
      }
      log.end({ turnId: 'turn', reason: 'complete' })
      take()
      expect({ text, reasoning, marks }).toEqual(log.content())
    }),
    { numRuns: 30 },
  )
})
