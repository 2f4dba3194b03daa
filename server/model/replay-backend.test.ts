import { afterAll, beforeAll, expect, test } from 'vitest'
import { replay } from './dialects.ts'
import { ModelFailure, type Model } from './model.ts'
import { createOpenAiChatModel } from './openai-chat.ts'
import type { FaultName } from './replay/faults.ts'
import { createReplayServer } from './replay/replay-server.ts'
import { drain, quiet } from './wire/test-backend.ts'
import type { Timers } from './wire/timers.ts'

const recording = {
  sampleId: 'snake',
  slug: 'explain',
  title: 'Explain',
  prompt: 'Explain the code',
  reasoning: 'Where does it start?',
  answer: 'It starts in `src/main.ts`: naïve, 東京, 👩‍🚀.\n\n'.repeat(4),
}

/** A hundred times faster than the clock, so that timeouts and pauses keep their proportions and pass at once. */
const hurried: Timers = {
  now: () => performance.now() * 100,
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs / 100)
    return () => clearTimeout(timer)
  },
}

const server = createReplayServer({ recordings: [recording], tokensPerSecond: 0, ttftMs: 0 })
let model: Model

beforeAll(async () => {
  model = createOpenAiChatModel({
    baseUrl: await server.listen(0, '127.0.0.1'),
    apiKey: 'replay',
    dialect: replay,
    idleTimeoutMs: 200_000,
    headersTimeoutMs: 200_000,
    timers: hurried,
    log: quiet,
  })
})

afterAll(async () => {
  await model.close()
  await server.close()
})

async function outcomeOf(prompt: string, sampleId = 'snake') {
  const messages = [{ role: 'user' as const, content: prompt }]
  const request = { model: 'gpt-oss-120b', messages, maxCompletionTokens: 4_000, sampleId }
  const { batches, error } = await drain(model.stream(request, new AbortController().signal))
  const events = batches.flat()
  const said = (type: 'text' | 'reasoning') => events.map((event) => (event.type === type ? event.text : '')).join('')
  const end = events.find((event) => event.type === 'end')
  return { text: said('text'), reasoning: said('reasoning'), end, error }
}

test('a recorded answer arrives whole, with its reasoning apart, the usage and the times', async () => {
  const { text, reasoning, end, error } = await outcomeOf('explain the CODE!')
  expect({ text: text.trim(), reasoning, error }).toEqual({
    text: recording.answer.trim(),
    reasoning: recording.reasoning,
    error: null,
  })
  const count = expect.any(Number) as number
  expect(end).toEqual({
    type: 'end',
    finishReason: 'stop',
    usage: { promptTokens: count, completionTokens: count, cachedTokens: count, reasoningTokens: count },
    timing: { queueMs: count, promptMs: count, completionMs: count, totalMs: count },
  })
})

test('the models of the replay backend are listed', async () => {
  expect(await model.models()).toEqual(['gpt-oss-120b', 'qwen-3.8-27b'])
})

type Outcome = { text: 'whole' | 'part' | 'none' } & (
  | { finishReason: string }
  | { code: string; status?: number; retryAfterMs?: number }
)

const outcomes: Record<FaultName, Outcome> = {
  wrong_key: { text: 'none', code: 'wrong_key', status: 401 },
  not_authenticated: { text: 'none', code: 'wrong_key', status: 403 },
  payment_required: { text: 'none', code: 'payment_required', status: 402 },
  model_not_found: { text: 'none', code: 'model_not_found', status: 404 },
  wrong_api_format: { text: 'none', code: 'request_refused', status: 400 },
  context_length: { text: 'none', code: 'context_too_long', status: 400 },
  requests_minute: { text: 'none', code: 'requests_limited', status: 429, retryAfterMs: 11_383 },
  tokens_minute: { text: 'none', code: 'tokens_limited', status: 429, retryAfterMs: 11_383 },
  requests_day: { text: 'none', code: 'daily_limited', status: 429, retryAfterMs: 40_153_251 },
  tokens_day: { text: 'none', code: 'daily_limited', status: 429, retryAfterMs: 40_153_251 },
  queue_exceeded: { text: 'none', code: 'queue_full', status: 429 },
  server_error: { text: 'none', code: 'server_error', status: 500 },
  unavailable: { text: 'none', code: 'queue_full', status: 503 },
  error_in_stream: { text: 'part', code: 'server_error', status: 500 },
  reset: { text: 'part', code: 'stream_lost' },
  no_done: { text: 'part', code: 'stream_truncated' },
  length: { text: 'part', finishReason: 'length' },
  content_filter: { text: 'part', finishReason: 'content_filter' },
  empty_deltas: { text: 'whole', finishReason: 'stop' },
  null_choices: { text: 'whole', finishReason: 'stop' },
  tool_calls: { text: 'whole', finishReason: 'other' },
  stall: { text: 'part', code: 'stalled' },
  slow_first_byte: { text: 'none', code: 'unreachable' },
  garbage: { text: 'part', code: 'bad_stream' },
  misquote: { text: 'whole', finishReason: 'stop' },
  split_bytes: { text: 'whole', finishReason: 'stop' },
}

const withArguments: Record<string, Outcome> = {
  'requests_minute:7': { text: 'none', code: 'requests_limited', status: 429, retryAfterMs: 7_000 },
  'tokens_day:90': { text: 'none', code: 'daily_limited', status: 429, retryAfterMs: 90_000 },
  'queue_exceeded:no-retry': { text: 'none', code: 'queue_full', status: 429 },
  'error_in_stream:named': { text: 'part', code: 'server_error', status: 500 },
  'no_done:finished': { text: 'whole', finishReason: 'stop' },
  'tool_calls:whole': { text: 'whole', finishReason: 'other' },
  'slow_first_byte:20': { text: 'whole', finishReason: 'stop' },
  'split_bytes:1': { text: 'whole', finishReason: 'stop' },
}

test.each(Object.entries({ ...outcomes, ...withArguments }))(
  'the fault %s ends the answer as what it is',
  async (fault, expected) => {
    // A fault with a prompt of its own is over when it is asked again, and the adapter asks again where that may help.
    const broken = expected.text === 'none' ? '' : ` ${recording.prompt}`
    const { text, end, error } = await outcomeOf(`/fault ${fault}${broken}`)
    const { requestId, ...failure } = error instanceof ModelFailure ? error.failure : {}
    const amount = text === '' ? 'none' : text.trim() === recording.answer.trim() ? 'whole' : 'part'
    const finished = end === undefined ? {} : { finishReason: end.finishReason }
    expect({ text: amount, ...finished, ...failure }).toEqual(expected)
    expect(recording.answer.startsWith(text.trim())).toBe(true)
    // Whatever had response headers can be named to the provider's support.
    expect(requestId !== undefined).toBe(error !== null && fault !== 'slow_first_byte')
  },
)

test.each(['queue_exceeded', 'server_error', 'unavailable'])('the one retry mends %s', async (fault) => {
  const { text, error } = await outcomeOf(`/fault ${fault} ${recording.prompt}`)
  expect({ text: text.trim(), error }).toEqual({ text: recording.answer.trim(), error: null })
})
