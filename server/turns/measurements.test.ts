import { expect, test } from 'vitest'
import { measure, waited, type AnswerFacts } from './measurements.ts'

const usage = { promptTokens: 900, completionTokens: 301, cachedTokens: 640, reasoningTokens: 40 }

test('Speed is (N−1) tokens over the time between the first and the last token, as the reader saw it.', () => {
  expect(
    measure({
      requestedAtMs: 100,
      firstTokenAtMs: 250.5,
      firstAnswerAtMs: 300,
      lastTokenAtMs: 450.5,
      characters: 1200,
      usage,
      timing: { queueMs: 4, promptMs: 2, completionMs: 195, totalMs: 201 },
    }),
  ).toEqual({
    ttftMs: 150.5,
    answerTtftMs: 200,
    totalMs: 350.5,
    tokensPerSecond: 1500,
    speedFrom: 'reader',
    tokensFrom: 'provider',
    promptTokens: 900,
    cachedTokens: 640,
    completionTokens: 301,
    reasoningTokens: 40,
    providerQueueMs: 4,
    providerPromptMs: 2,
    providerCompletionMs: 195,
  })
})

test('When everything came in one read, the speed is the provider’s own, or unknown.', () => {
  const facts = { requestedAtMs: 0, firstTokenAtMs: 90, firstAnswerAtMs: 90, lastTokenAtMs: 90, characters: 400 }
  expect(measure({ ...facts, usage, timing: { completionMs: 100 } })).toMatchObject({
    tokensPerSecond: 3010,
    speedFrom: 'completion',
  })
  expect(measure({ ...facts, usage })).not.toHaveProperty('tokensPerSecond')
})

test('Without usage the number of tokens is an estimate and says so.', () => {
  expect(measure({ requestedAtMs: 0, firstTokenAtMs: 100, firstAnswerAtMs: 100, lastTokenAtMs: 200, characters: 804 })).toEqual(
    {
      ttftMs: 100,
      answerTtftMs: 100,
      totalMs: 200,
      tokensPerSecond: 2000,
      speedFrom: 'reader',
      tokensFrom: 'estimate',
      completionTokens: 201,
    },
  )
})

test('An answer that never came has no times.', () => {
  expect(measure({ requestedAtMs: 0, characters: 0 })).toEqual({ tokensFrom: 'estimate', completionTokens: 0 })
})

test('a wait before the request that was answered is told on its own', () => {
  const facts: AnswerFacts = { requestedAtMs: 1_000, characters: 400, firstTokenAtMs: 1_700, lastTokenAtMs: 1_900 }
  waited(facts, 500)
  expect(measure(facts)).toMatchObject({ waitMs: 500, ttftMs: 200, totalMs: 400 })
})
