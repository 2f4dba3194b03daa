import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EditedText } from './edited-text.ts'

test('Edits in any order, read whenever, leave what replacing one after the other leaves.', () => {
  const edit = fc.record({ at: fc.nat(40), length: fc.nat(6), content: fc.string({ maxLength: 6 }), isRead: fc.boolean() })
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.array(edit, { maxLength: 12 }), (before, edits) => {
      const edited = new EditedText(before)
      const isRight: boolean[] = []
      let text = before
      for (const { at, length, content, isRead } of edits) {
        const start = Math.min(at, text.length)
        const end = Math.min(start + length, text.length)
        edited.replace(start, end, content)
        text = text.slice(0, start) + content + text.slice(end)
        isRight.push(!isRead || edited.text === text)
      }
      expect(isRight).not.toContain(false)
      expect(edited.text).toBe(text)
    }),
  )
})
