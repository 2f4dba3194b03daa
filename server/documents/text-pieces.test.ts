import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { documentHash } from '#protocol/document-hash.ts'
import { hashOfPieces, textPieces } from './text-pieces.ts'

test('[D11] the hash of the pieces is the hash of the text, wherever surrogate pairs fall', async () => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, `x${'👋'.repeat(700_000)}\ud83d`)
  text.insert(0, '\u00e9'.repeat(600_000))
  text.delete(10, 5)
  const stateVector = Y.encodeStateVector(doc)
  expect(textPieces(text).join('')).toBe(text.toString())
  expect(await hashOfPieces(textPieces(text), stateVector)).toBe(documentHash(text.toString(), stateVector))
  expect(await hashOfPieces([])).toBe(await hashOfPieces(['']))
})
