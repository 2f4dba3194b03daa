import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ChunkedText } from './chunked-text.ts'

test('Every slice equals the slice of the joined text.', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 8 }), { maxLength: 30 }), fc.nat(260), fc.nat(260), (chunks, from, to) => {
      const text = new ChunkedText()
      for (const chunk of chunks) text.append(chunk)
      const joined = chunks.join('')
      expect(text.length).toBe(joined.length)
      expect(text.slice(from, to)).toBe(from >= to ? '' : joined.slice(from, to))
    }),
  )
})
