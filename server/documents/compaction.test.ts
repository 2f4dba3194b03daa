import { expect, onTestFinished, test, vi } from 'vitest'
import * as Y from 'yjs'
import { Compactor } from './compactor.ts'
import { documentText } from './document-text.ts'
import { loaded, type StoredDocument } from './stored-document.ts'

// A thread starts in less than half a second, but not on a machine that is busy with everything else.
vi.setConfig({ testTimeout: 30_000 })

/** A document that started from `text` and was then typed into, one letter per row. */
function typed(text: string, letters: string): StoredDocument {
  const blob = new TextEncoder().encode(text)
  const doc = loaded({ sessionId: 's1', seq: 0, blob, tail: [] })
  const tail: StoredDocument['tail'] = []
  doc.clientID = 101
  doc.on('update', (update: Uint8Array) => tail.push({ seq: tail.length + 1, author: 'ada', update }))
  for (const letter of letters) documentText(doc).insert(0, letter)
  return { sessionId: 's1', seq: tail.length, blob, tail }
}

test.each([
  { size: 'small', text: 'text\n' },
  { size: 'large', text: 'a long line of text\n'.repeat(10_000) },
])('a $size document is the same after compaction, and goes on', async ({ text }) => {
  const compactor = new Compactor()
  onTestFinished(() => compactor.close())
  const stored = typed(text, 'cba')
  const { snapshot, text: compactedText } = await compactor.compact(stored)
  expect(compactedText).toBe(`abc${text}`)
  const after = loaded({ sessionId: 's1', seq: 3, snapshot, tail: [] })
  expect(Y.encodeStateVector(after)).toEqual(Y.encodeStateVector(loaded(stored)))
  const again = await compactor.compact({ sessionId: 's1', seq: 3, snapshot, tail: [] })
  expect(again.text).toBe(compactedText)
})

test.each([
  { size: 'small', text: '' },
  { size: 'large', text: 'x'.repeat(100_000) },
])('a $size log with a gap is not compacted, and the next document is', async ({ text }) => {
  const compactor = new Compactor()
  onTestFinished(() => compactor.close())
  const stored = typed(text, 'cba')
  const broken = { ...stored, tail: stored.tail.filter(({ seq }) => seq !== 2) }
  await expect(compactor.compact(broken)).rejects.toThrow('gap')
  expect((await compactor.compact(stored)).text).toBe(`abc${text}`)
})

test('what the thread has not finished when it ends is told', async () => {
  const compactor = new Compactor()
  const unfinished = compactor.compact(typed('x'.repeat(100_000), 'a'))
  void compactor.close()
  await expect(unfinished).rejects.toThrow('the compaction thread ended')
})
