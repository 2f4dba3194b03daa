import { expect, test } from 'vitest'
import { joinUpdates, splitUpdates } from './joined-updates.ts'

test('[D14] updates that travel as one body arrive as they were, and a body that was cut off is noticed', () => {
  const updates = [new Uint8Array(300).fill(7), new Uint8Array(), new Uint8Array([1, 2])]
  const body = joinUpdates(updates)
  expect(splitUpdates(body)).toEqual(updates)
  expect(splitUpdates(joinUpdates([]))).toEqual([])
  expect(() => splitUpdates(body.slice(0, -1))).toThrow('Unexpected end')
})
