import { expect, test } from 'vitest'
import { fileContent } from './file-content.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes)
}

test.each([
  ['plain', utf8('a\nb\n'), 'a\nb\n', 'lf'],
  ['CRLF', utf8('a\r\nb\r\nc\n'), 'a\nb\nc\n', 'crlf'],
  ['old Mac', utf8('a\rb\rc'), 'a\nb\nc', 'cr'],
  ['mixed half and half', utf8('a\r\nb\n'), 'a\nb\n', 'lf'],
  ['a lone CR among LF', utf8('a\nb\rc\n'), 'a\nb\nc\n', 'lf'],
  ['empty', utf8(''), '', 'lf'],
  ['a byte order mark', utf8('\ufeffa'), 'a', 'lf'],
  ['UTF-16 little endian', utf16('é\r\n'), 'é\n', 'crlf'],
  ['UTF-16 big endian', utf16('é\n', true), 'é\n', 'lf'],
] as const)('%s is text', (_, bytes, text, lineEnding) => {
  expect(fileContent(bytes)).toEqual({ kind: 'text', lineEnding, bytes: utf8(text) })
})

test.each([
  ['NUL', utf8('a\0b')],
  ['what is not UTF-8', new Uint8Array([0x61, 0xff, 0x62])],
  ['half a UTF-16 pair', utf16('a\ud83d')],
  ['UTF-32', new Uint8Array([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
])('%s is binary and stays as it is', (_, bytes) => {
  expect(fileContent(bytes)).toEqual({ kind: 'binary', lineEnding: 'lf', bytes })
})
