import fc from 'fast-check'
import { expect, test } from 'vitest'
import { originsOf } from '#edits/line-origins.ts'
import { decodeText, encodeText } from './text-file.ts'

function decoded(raw: string) {
  return decodeText(Buffer.from(raw, 'utf8'))
}

test('each line ends as it did, and inserted ones like the first', () => {
  const source = decoded('a\r\nb\nc\rd')
  expect(source).toEqual({ text: 'a\nb\nc\nd', endings: ['\r\n', '\n', '\r'], byteOrderMark: false })
  const encoded = encodeText('new\na\nb\nc\nd\nlast\n', [undefined, 0, 1, 2, 3, undefined], source).toString('utf8')
  expect(encoded).toBe('new\r\na\r\nb\nc\rd\r\nlast\r\n')
})

test('a file without any line ending, and one that is new, have line feeds', () => {
  expect(encodeText('a\nb\n', [0, undefined], decoded('a')).toString('utf8')).toBe('a\nb\n')
  expect(encodeText('a\nb\n', [undefined, undefined], undefined).toString('utf8')).toBe('a\nb\n')
})

test('a byte order mark is not part of the text and stays', () => {
  const source = decoded('\uFEFFa\r\n')
  expect(source).toEqual({ text: 'a\n', endings: ['\r\n'], byteOrderMark: true })
  expect(encodeText('b\n', [undefined], source).toString('utf8')).toBe('\uFEFFb\r\n')
})

test('what is not UTF-8, or has a NUL, is no text', () => {
  expect(decodeText(Uint8Array.of(0x61, 0xff))).toBeUndefined()
  expect(decodeText(Uint8Array.of(0xed, 0xa0, 0x80))).toBeUndefined()
  expect(decodeText(Uint8Array.of(0x61, 0, 0x62))).toBeUndefined()
})

test('a text that nobody changed has the bytes that it had', () => {
  const raw = fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r', '\r\n', '\uFEFF', ' ')).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(raw, (text) => {
      const source = decoded(text)
      const same = source && encodeText(source.text, originsOf(source.text), source)
      expect(same?.toString('utf8')).toBe(text)
    }),
    { numRuns: 2_000 },
  )
})
