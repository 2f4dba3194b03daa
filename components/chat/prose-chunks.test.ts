import fc from 'fast-check'
import { expect, test } from 'vitest'
import { proseChunks } from './prose-chunks.ts'

const paragraph = `${'words and more words '.repeat(20)}\n\n`
const code = `\`\`\`ts\n${'const a = 1\n\n'.repeat(200)}\`\`\`\n\n`

test('short prose is one chunk', () => {
  expect(proseChunks(paragraph)).toEqual([paragraph])
})

test('a fence is never cut', () => {
  const chunks = proseChunks(paragraph.repeat(9) + code + paragraph.repeat(20))
  expect(chunks.length).toBeGreaterThan(2)
  for (const chunk of chunks) expect((chunk.match(/^```/gm) ?? []).length % 2).toBe(0)
})

test('an item of a list keeps its indented paragraphs', () => {
  const item = `1. An item\n\n   with a second paragraph ${'and words '.repeat(30)}\n\n`
  for (const chunk of proseChunks(item.repeat(40))) expect(chunk).toMatch(/^1\. /)
})

test('the chunks are the text, and none changes as the text grows', () => {
  const pieces = fc.array(
    fc.constantFrom(paragraph, code, '* item\n', '\n', 'line\n', '~~~\n', '```\n', '    indented\n', 'x'),
    { maxLength: 60 },
  )
  fc.assert(
    fc.property(pieces, (parts) => {
      let before: string[] = []
      let text = ''
      for (const part of parts) {
        text += part
        const chunks = proseChunks(text)
        expect(chunks.join('')).toBe(text)
        expect(chunks.slice(0, Math.max(0, before.length - 1))).toEqual(before.slice(0, -1))
        before = chunks
      }
    }),
    { numRuns: 300 },
  )
})
