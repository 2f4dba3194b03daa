import { afterEach, beforeEach, expect, vi, type MockInstance } from 'vitest'

/** A stray `console.error` or `console.warn` fails the test that caused it; a test that expects one mocks it itself. */
let spies: MockInstance[] = []

beforeEach(() => {
  spies = (['error', 'warn'] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => {}))
})

afterEach(() => {
  const calls = spies.flatMap((spy) => spy.mock.calls)
  for (const spy of spies) spy.mockRestore()
  expect(calls).toEqual([])
})
