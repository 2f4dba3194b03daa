import { describe, expect, test } from 'vitest'
import type { TurnMeasurements } from '#protocol/turns.ts'
import type { TurnInfo } from '#session/session-state.ts'
import { finalValues, liveValues } from './hud-values.ts'

const turn = (measurements: TurnMeasurements): TurnInfo => ({
  turnId: 't',
  number: 1,
  askedBy: 'p',
  kind: 'chat',
  prompt: 'x',
  references: [],
  status: 'ended',
  reason: 'complete',
  backend: { backendId: 'b', name: 'Cerebras', kind: 'live', model: 'm' },
  startedAt: 0,
  measurements,
})

const texts = (measurements: TurnMeasurements) =>
  Object.fromEntries(finalValues(turn(measurements)).map(({ label, text }) => [label, text]))

describe('a running turn', () => {
  test('has no values before the first token, and no speed in its first tenth of a second', () => {
    expect(liveValues({ length: 0, elapsedMs: 0, firstMs: undefined })).toEqual([])
    expect(liveValues({ length: 400, elapsedMs: 240, firstMs: 180 }).map(({ label }) => label)).toEqual([
      'First token',
      'Total',
    ])
  })

  test('estimates its speed from characters since the first token', () => {
    const values = liveValues({ length: 8_000, elapsedMs: 1_180, firstMs: 180 })
    expect(values.find(({ label }) => label === 'Speed')?.text).toBe('~2,000 tok/s')
  })
})

describe('an ended turn', () => {
  test("shows the provider's numbers without a mark", () => {
    expect(
      texts({
        ttftMs: 182.4,
        answerTtftMs: 182.4,
        tokensPerSecond: 2_140.2,
        totalMs: 410,
        promptTokens: 1_200,
        cachedTokens: 128,
        completionTokens: 400,
        tokensFrom: 'provider',
        speedFrom: 'reader',
      }),
    ).toEqual({
      'First token': '182 ms',
      Speed: '2,140 tok/s',
      Total: '0.41 s',
      'Tokens in': '1,200 (128 cached)',
      'Tokens out': '400',
    })
  })

  test('marks estimates and says n/a where nobody can know', () => {
    expect(texts({ ttftMs: 9.25, totalMs: 20, completionTokens: 300, tokensFrom: 'estimate' })).toEqual({
      'First token': '9.3 ms',
      Speed: 'n/a',
      Total: '0.02 s',
      'Tokens out': '~300',
    })
  })

  test('tells thinking apart from the answer', () => {
    expect(
      texts({
        ttftMs: 150,
        answerTtftMs: 900,
        tokensPerSecond: 1_000,
        totalMs: 1_000,
        completionTokens: 900,
        reasoningTokens: 700,
        tokensFrom: 'provider',
      }),
    ).toMatchObject({
      'First answer token': '900 ms',
      'Tokens out': '900 (700 thinking)',
    })
  })
})
