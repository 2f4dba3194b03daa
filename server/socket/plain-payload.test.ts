import { expect, test } from 'vitest'
import { isPlainPayload } from './plain-payload.ts'

test('[M4] plain objects, lists, bytes and values are a payload, what has another prototype is none', () => {
  expect(isPlainPayload({ list: [1, { bytes: new Uint8Array(2) }, null], text: 'a' })).toBe(true)
  expect(isPlainPayload({ nested: [Object.create({ path: 'x' })] })).toBe(false)
})

test('[M4] a list as long as a frame can hold is looked through', () => {
  expect(isPlainPayload(Array.from({ length: 1_000_000 }, () => null))).toBe(true)
})
