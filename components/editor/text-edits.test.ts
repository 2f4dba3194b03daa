import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { editsOfDelta, minimalEdit, withLineFeeds, type TextEdit } from './text-edits.ts'

const applied = (text: string, edits: TextEdit[]) =>
  edits.reduceRight((after, edit) => after.slice(0, edit.offset) + edit.text + after.slice(edit.offset + edit.length), text)

const loneSurrogate = /\p{Surrogate}/u
const unicode = fc.string({ unit: 'grapheme', maxLength: 20 })

test('a delta becomes edits against the text before it', () => {
  expect(
    editsOfDelta([
      { retain: 2 },
      { insert: 'ab' },
      { delete: 3 },
      { retain: 1 },
      { insert: 'c' },
      { retain: 4 },
      { delete: 1 },
    ]),
  ).toEqual([
    { offset: 2, length: 3, text: 'ab' },
    { offset: 6, length: 0, text: 'c' },
    { offset: 10, length: 1, text: '' },
  ])
})

test('any transaction on a Y.Text is reproduced by the edits of its delta', () => {
  const operation = fc.record({ at: fc.nat(60), remove: fc.nat(10), insert: fc.string({ maxLength: 5 }) })
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.array(operation, { maxLength: 8 }), (before, operations) => {
      const text = new Y.Doc().getText('text')
      text.insert(0, before)
      const edits: TextEdit[][] = []
      text.observe((event) => edits.push(editsOfDelta(event.delta)))
      text.doc?.transact(() => {
        for (const { at, remove, insert } of operations) {
          const offset = Math.min(at, text.length)
          text.delete(offset, Math.min(remove, text.length - offset))
          text.insert(offset, insert)
        }
      })
      expect(applied(before, edits[0] ?? [])).toBe(text.toString())
    }),
  )
})

test('a minimal edit makes one text of the other and cuts through no surrogate pair', () => {
  fc.assert(
    fc.property(unicode, unicode, (before, after) => {
      const edit = minimalEdit(before, after)
      expect(applied(before, edit === undefined ? [] : [edit])).toBe(after)
      if (edit === undefined) return
      expect(edit.text).not.toMatch(loneSurrogate)
      expect(before.slice(edit.offset, edit.offset + edit.length)).not.toMatch(loneSurrogate)
    }),
  )
})

test('a minimal edit keeps what both texts begin and end with', () => {
  expect(minimalEdit('foo(baz, qux)', 'foo(bar, qux)')).toEqual({ offset: 6, length: 1, text: 'r' })
  expect(minimalEdit('same', 'same')).toBeUndefined()
})

test('line ends of every kind become line feeds', () => {
  expect(withLineFeeds('a\r\nb\rc\nd\r\r\n')).toBe('a\nb\nc\nd\n\n')
})
