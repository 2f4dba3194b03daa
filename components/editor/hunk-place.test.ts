import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { TextPlaces } from './hunk-place.ts'

test('places are where everybody else has them, after any edits, undone and redone ones too', () => {
  const step = fc.record({
    kind: fc.constantFrom('insert', 'remove', 'peer', 'undo', 'redo', 'mark'),
    at: fc.nat(30),
    length: fc.nat(5),
    assoc: fc.constantFrom(0, -1),
  })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 40 }), (steps) => {
      const doc = new Y.Doc()
      const text = doc.getText('text')
      text.insert(0, 'first line\nsecond\n')
      const origin = {}
      const undo = new Y.UndoManager(text, { trackedOrigins: new Set([origin]), captureTimeout: 0 })
      const marks: Uint8Array[] = []
      for (const { kind, at, length, assoc } of steps) {
        const offset = Math.min(at, text.length)
        if (kind === 'mark') {
          marks.push(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, offset, assoc)))
        } else if (kind === 'undo') undo.undo()
        else if (kind === 'redo') undo.redo()
        else
          doc.transact(
            () => {
              if (kind === 'remove') text.delete(offset, Math.min(length, text.length - offset))
              else text.insert(offset, 'x'.repeat(length))
            },
            kind === 'peer' ? 'peer' : origin,
          )
      }
      const places = new TextPlaces(text)
      const others = new Y.Doc()
      Y.applyUpdate(others, Y.encodeStateAsUpdate(doc))
      const there = (mark: Uint8Array) =>
        Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(mark), others)?.index
      expect(marks.map((mark) => places.offsetOf(mark))).toEqual(marks.map(there))
    }),
    { numRuns: 1_000 },
  )
})

test('a position whose text has not arrived is nowhere yet', () => {
  const theirs = new Y.Doc().getText('text')
  theirs.insert(0, 'text')
  const mark = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(theirs, 2))
  expect(new TextPlaces(new Y.Doc().getText('text')).offsetOf(mark)).toBeUndefined()
})
