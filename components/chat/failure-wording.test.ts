import { expect, test } from 'vitest'
import { failureCodes, turnFailureCodes } from '#protocol/failures.ts'
import { commandFailureWording, duration, turnFailureWording } from './failure-wording.ts'

test('every failure of a turn is told in sentences that name the backend or Flint, never by its code', () => {
  const told = [false, true].flatMap((hasText) =>
    turnFailureCodes.map((code) => ({ code, ...turnFailureWording({ code }, 'Cerebras', { hasText }) })),
  )
  for (const one of told) {
    expect(one).toEqual({
      ...one,
      happened: expect.stringMatching(/^(?!.*_).*(Cerebras|Flint|model) .*[.]$/),
      toDo: expect.stringMatching(/^[A-Z].*[.]$/),
    })
  }
})

test('an answer that was cut off goes on only where it has begun', () => {
  const goOn = (hasText: boolean) =>
    turnFailureCodes.filter((code) => turnFailureWording({ code }, 'Cerebras', { hasText }).goesOn)
  expect(goOn(false)).toEqual([])
  expect(goOn(true)).toEqual(['server_error', 'stream_lost', 'stream_truncated', 'stalled', 'bad_stream'])
})

test('a limit counts down to its reset time', () => {
  const toDo = (seconds?: number) => turnFailureWording({ code: 'requests_limited' }, 'Cerebras', { seconds }).toDo
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
