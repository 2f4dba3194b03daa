import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { slicedUpdate } from './sliced-update.ts'

/** Several people write into one another's text and delete from it, each by turns ahead of the others. */
function writtenByMany(): Y.Doc {
  const docs = [7, 3, 5].map((clientId) => {
    const doc = new Y.Doc()
    doc.clientID = clientId
    return doc
  })
  let random = 1
  const below = (most: number) => (random = (random * 16_807) % 2_147_483_647) % most
  for (let step = 0; step < 400; step += 1) {
    const doc = docs[step % 3]
    if (doc === undefined) continue
    const text = doc.getText('text')
    if (step % 4 === 3 && text.length > 3) text.delete(below(text.length - 2), 2)
    else text.insert(below(text.length + 1), `${step} é `)
    if (step % 5 === 0) for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
  }
  const [first] = docs
  if (first === undefined) throw new Error('nobody wrote')
  for (const other of docs) Y.applyUpdate(first, Y.encodeStateAsUpdate(other))
  return first
}

test.each([1, 2, 50, 100_000])(
  'slices of %d structs make the same document, and none of them waits for a later one',
  (most) => {
    const whole = writtenByMany()
    const update = Y.encodeStateAsUpdate(whole)
    const doc = new Y.Doc()
    const slices = slicedUpdate(update, most)
    for (const slice of slices) {
      expect(Y.decodeUpdate(slice).structs.length).toBeLessThanOrEqual(most)
      Y.applyUpdate(doc, slice)
      expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
    }
    expect(doc.getText('text').toString()).toBe(whole.getText('text').toString())
    expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(whole))
  },
)

test('an update that continues a document is sliced too', () => {
  const doc = writtenByMany()
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateVector(doc)
  doc.transact(() => {
    for (let piece = 0; piece < 20; piece += 1) doc.getText('text').insert(piece * 3, 'z')
    doc.getText('text').delete(10, 30)
  })
  for (const slice of slicedUpdate(Y.encodeStateAsUpdate(doc, before), 3)) Y.applyUpdate(copy, slice)
  expect(copy.getText('text').toString()).toBe(doc.getText('text').toString())
})

test('an empty update has no slices, and what is no update is refused', () => {
  expect(slicedUpdate(Y.encodeStateAsUpdate(new Y.Doc()))).toEqual([])
  expect(() => slicedUpdate(new Uint8Array([9]))).toThrow('array')
})
