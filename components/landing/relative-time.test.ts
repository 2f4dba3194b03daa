import { expect, test } from 'vitest'
import { relativeTime } from './relative-time.ts'

const now = Date.UTC(2026, 0, 31, 12)
const minute = 60_000

test.each([
  [0, 'just now'],
  [59_000, 'just now'],
  [-5_000, 'just now'],
  [4 * minute, '4 minutes ago'],
  [60 * minute, '1 hour ago'],
  [25 * 60 * minute, 'yesterday'],
  [15 * 24 * 60 * minute, '2 weeks ago'],
])('%d ms ago is “%s”.', (passed, words) => {
  expect(relativeTime(now - passed, now)).toBe(words)
})
