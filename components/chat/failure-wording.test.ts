import { expect, test } from 'vitest'
import { failureCodes, turnFailureCodes } from '#protocol/failures.ts'
import { commandFailureWording, duration, turnFailureWording } from './failure-wording.ts'

test('every failure of a turn is told in sentences that name the backend or Flint, never by its code', () => {
  const told = turnFailureCodes.map((code) => ({ code, ...turnFailureWording({ code }, 'Cerebras') }))
  for (const { code, happened, toDo } of told) {
    expect({ code, happened, toDo }).toEqual({
      code,
      happened: expect.stringMatching(/^(?!.*_).*(Cerebras|Flint|model) .*[.]$/),
      toDo: expect.stringMatching(/^[A-Z].*[.]$/),
    })
  }
  expect(new Set(told.map(({ happened }) => happened)).size).toBe(told.length)
})

test('a limit counts down to its reset time', () => {
  const toDo = (seconds?: number) => turnFailureWording({ code: 'requests_limited' }, 'Cerebras', seconds).toDo
  expect([12, 0, undefined].map(toDo)).toEqual(['Try again in 12 s.', 'Try again now.', 'Try again.'])
})

test('a wait is told in the unit that suits it', () => {
  expect([0.2, 12, 89, 90, 5_399, 5_400, 40_153].map(duration)).toEqual([
    '1 s',
    '12 s',
    '89 s',
    '2 min',
    '90 min',
    '2 h',
    '12 h',
  ])
})

test('every refused command is told in a sentence', () => {
  for (const code of failureCodes) expect(commandFailureWording({ code })).toMatch(/^[A-Z].*[.]$/)
})
