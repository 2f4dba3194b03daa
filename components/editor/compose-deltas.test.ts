import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { composeDeltas } from './compose-deltas.ts'
import { editsOfDelta, type TextDelta } from './text-edits.ts'

const applied = (text: string, delta: TextDelta) =>
  editsOfDelta(delta).reduceRight((after, { offset, length, text: inserted }) => {
    return after.slice(0, offset) + inserted + after.slice(offset + length)
  }, text)

test('deltas of one text compose into one that leads from the first state to the last', () => {
  const change = fc.record({ at: fc.nat(40), remove: fc.nat(8), insert: fc.string({ maxLength: 6 }) })
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(change, { minLength: 1, maxLength: 10 }), (before, changes) => {
      const text = new Y.Doc().getText('text')
      text.insert(0, before)
      const deltas: TextDelta[] = []
      text.observe((event) => deltas.push(event.delta))
      for (const { at, remove, insert } of changes) {
        const offset = Math.min(at, text.length)
        text.doc?.transact(() => {
          text.delete(offset, Math.min(remove, text.length - offset))
          text.insert(offset, insert)
        })
      }
      const whole = deltas.reduce(composeDeltas, [])
      expect(applied(before, whole)).toBe(text.toString())
    }),
    { numRuns: 500 },
  )
})

test('what was inserted and deleted again leaves nothing behind', () => {
  expect(editsOfDelta(composeDeltas([{ retain: 2 }, { insert: 'abc' }], [{ retain: 2 }, { delete: 3 }]))).toEqual([])
})

test('a minute of writing in one place stays one insertion and one deletion, however many changes it came in', () => {
  let whole: TextDelta = []
  for (let at = 0; at < 1_000; at += 1) {
    whole = composeDeltas(whole, [{ retain: 5 + at }, { insert: 'x' }, { delete: 1 }])
  }
  expect(whole).toEqual([{ retain: 5 }, { insert: 'x'.repeat(1_000) }, { delete: 1_000 }])
})
