import { expect, test } from 'vitest'
import { decodeMsgpack } from './msgpack.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const repeated = (head: string, item: string, count: number) => bytes(head + item.repeat(count))

test.each([
  ['00', 0],
  ['7f', 127],
  ['e0', -32],
  ['ff', -1],
  ['c0', null],
  ['c2', false],
  ['c3', true],
  ['cc ff', 255],
  ['cd 0100', 256],
  ['ce 00010000', 65_536],
  ['cf 0000000100000000', 4_294_967_296],
  ['d0 80', -128],
  ['d1 8000', -32_768],
  ['d2 80000000', -2_147_483_648],
  ['d3 ffffffff00000000', -4_294_967_296],
  ['ca 3fc00000', 1.5],
  ['cb 3ff3333333333333', 1.2],
  ['a5 68656c6c6f', 'hello'],
  ['d9 03 e282ac', '€'],
  ['da 0001 61', 'a'],
  ['db 00000001 61', 'a'],
  ['92 01 a161', [1, 'a']],
  ['dc 0001 01', [1]],
  ['dd 00000001 01', [1]],
  ['81 a161 01', { a: 1 }],
  ['de 0001 a161 90', { a: [] }],
  ['df 00000001 a161 80', { a: {} }],
])('%s is %j', (hex, value) => {
  expect(decodeMsgpack(bytes(hex))).toEqual(value)
})

test('long strings and arrays', () => {
  expect(decodeMsgpack(repeated('da0400', '61', 1024))).toBe('a'.repeat(1024))
  expect(decodeMsgpack(repeated('dc0400', '01', 1024))).toEqual(Array.from({ length: 1024 }, () => 1))
})

test('binary values are bytes', () => {
  for (const hex of ['c4 02 0102', 'c5 0002 0102', 'c6 00000002 0102'])
    expect(Buffer.from(decodeMsgpack(bytes(hex)) as Uint8Array)).toEqual(bytes('0102'))
})

test.each([
  ['', 'Offset is outside the bounds of the DataView'],
  ['a5 6865', 'MessagePack: the bytes end inside a value'],
  ['dd ffffffff', 'Offset is outside the bounds of the DataView'],
  ['92 01', 'Offset is outside the bounds of the DataView'],
  ['a1 ff', 'The encoded data was not valid for encoding utf-8'],
  ['d4 01 02', 'MessagePack: type 0xd4 is not supported'],
  ['c1', 'MessagePack: type 0xc1 is not supported'],
  ['00 00', 'MessagePack: there are bytes after the value'],
])('"%s" is refused: %s', (hex, message) => {
  expect(() => decodeMsgpack(bytes(hex))).toThrow(message)
})

test('a key named __proto__ stays a key', () => {
  const decoded = decodeMsgpack(bytes('81 a95f5f70726f746f5f5f 80'))
  expect(Object.keys(decoded as object)).toEqual(['__proto__'])
})
