import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { selectionOf } from './target-lines.ts'
import { threadLines } from './thread-lines.ts'

const start = 'one is here\ntwo is here\nthree is here\n'

function threadOnLineTwo() {
  const text = new Y.Doc().getText('text')
  text.insert(0, start)
  const thread = { anchor: selectionOf(text, { start: 12, end: 24 }), quotedText: 'two is here\n', quotedOnce: true }
  return { text, thread }
}

test('[R2] a thread is shown at its lines wherever they are now', () => {
  const { text, thread } = threadOnLineTwo()
  text.insert(0, 'zero\n')
  text.insert(text.toString().indexOf('two'), 'now ')
  expect(threadLines(text, thread)).toMatchObject({ fromLine: 3, toLine: 3 })
})

test('[R2] a thread whose lines are deleted has none, until they are pasted', () => {
  const { text, thread } = threadOnLineTwo()
  text.delete(12, 12)
  expect(threadLines(text, thread)).toBe(undefined)
  text.insert(text.length, 'two is here\n')
  expect(threadLines(text, thread)).toMatchObject({ fromLine: 3, toLine: 3 })
})

test('[R2] a thread is shown at the same lines in the tab that undid a deletion as in all others', () => {
  const { text, thread } = threadOnLineTwo()
  const undo = new Y.UndoManager(text)
  text.delete(12, 15)
  undo.undo()
  const other = new Y.Doc()
  Y.applyUpdate(other, Y.encodeStateAsUpdate(text.doc ?? other))
  const anchored = { ...thread, quotedOnce: false }
  expect(text.toString()).toBe(start)
  expect(threadLines(text, anchored)).toEqual(threadLines(other.getText('text'), anchored))
})
