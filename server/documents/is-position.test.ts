import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { isPosition } from './is-position.ts'

const document = new Y.Doc()
const text = document.getText('text')
text.insert(0, 'one')
const encoded = (type: Y.Text, index: number, assoc = 0) =>
  Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(type, index, assoc))

test('a position in the text of a document is one, also at its end and in an empty one', () => {
  expect(isPosition(encoded(text, 1))).toBe(true)
  expect(isPosition(encoded(text, 3))).toBe(true)
  expect(isPosition(encoded(text, 3, -1))).toBe(true)
  expect(isPosition(encoded(new Y.Doc().getText('text'), 0))).toBe(true)
})

test('a position under another root, and bytes that are no position, are none', () => {
  expect(isPosition(encoded(new Y.Doc().getText('other'), 0))).toBe(false)
  expect(isPosition(new Uint8Array())).toBe(false)
  expect(isPosition(new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 255, 255]))).toBe(false)
  expect(isPosition(new TextEncoder().encode('garbage'))).toBe(false)
})
