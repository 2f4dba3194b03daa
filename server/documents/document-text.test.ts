import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { seedUpdate } from './document-text.ts'

test.each(['', 'a', '\ufeffbyte order mark', 'naïve 👋🏽 \ud83d text\n'.repeat(1_000)])(
  'a seed is what Yjs writes for one insertion',
  (text) => {
    const doc = new Y.Doc()
    doc.clientID = 1
    doc.getText('text').insert(0, text)
    expect(seedUpdate(new TextEncoder().encode(text))).toEqual(Y.encodeStateAsUpdate(doc))
  },
)
