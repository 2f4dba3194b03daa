import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createTestClock } from './test-clock.ts'
import { ask, postChat, readEvents, startServer } from './test-requests.ts'
import type { Recording } from './recordings.ts'

const recordings: Recording[] = [
  {
    sampleId: 'snake',
    slug: 'p',
    title: 'Pause',
    prompt: 'Add a pause key',
    reasoning: 'Think first.',
    answer: 'Press **P** 👩‍🚀.\n',
  },
]
const auth = { authorization: 'Bearer csk-test' }
const bodyOf = async (response: Response) => ({ status: response.status, body: await response.json() })
const counter = () => {
  let count = 0
  return () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`
}

test('a streamed answer carries the headers of the provider', async () => {
  const url = await startServer({ recordings, newId: counter(), clock: createTestClock() })
  const response = await postChat(url, ask('Add a pause key'), { 'x-flint-sample': 'snake' })
  const headers = Object.fromEntries(response.headers)
  expect(headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    server: 'cloudflare',
    'cf-cache-status': 'DYNAMIC',
    'cf-ray': '0000000000004000-FRA',
    'inference-id': 'chatcmpl-00000000-0000-4000-8000-000000000002',
    'x-ratelimit-limit-requests-day': '1000000',
    'x-ratelimit-remaining-requests-minute': '9999',
  })
  expect(Number(headers['x-ratelimit-reset-tokens-minute'])).toBeGreaterThanOrEqual(0)
  expect(headers).not.toHaveProperty('content-encoding')
  expect(readEvents(await response.text())).toMatchObject({
    content: 'Press **P** 👩‍🚀.\n',
    reasoning: 'Think first.',
    finishReasons: ['stop'],
  })
})

test('a whole answer is one object with times in seconds', async () => {
  const clock = createTestClock()
  const url = await startServer({ recordings, newId: counter(), clock, tokensPerSecond: 1000, ttftMs: 100, queueMs: 40 })
  const body = ask('Add a pause key', { stream: false })
  expect(await postChat(url, body, { 'x-flint-sample': 'snake' }).then(bodyOf)).toEqual({
    status: 200,
    body: {
      id: 'chatcmpl-00000000-0000-4000-8000-000000000002',
      choices: [
        {
          finish_reason: 'stop',
          index: 0,
          message: { content: 'Press **P** 👩‍🚀.\n', reasoning: 'Think first.', role: 'assistant' },
        },
      ],
      created: 1770000000,
      model: 'gpt-oss-120b',
      system_fingerprint: 'fp_82386b4b368b0ab88f50',
      object: 'chat.completion',
      usage: {
        total_tokens: 23,
        completion_tokens: 13,
        completion_tokens_details: { accepted_prediction_tokens: 0, rejected_prediction_tokens: 0, reasoning_tokens: 3 },
        prompt_tokens: 10,
        prompt_tokens_details: { cached_tokens: 0 },
      },
      time_info: { queue_time: 0.04, prompt_time: 0.1, completion_time: 0.012, total_time: 0.152, created: 1770000000.152 },
    },
  })
})

test('/v1/completions answers with text, whole and streamed', async () => {
  const url = await startServer()
  const post = (stream: boolean) =>
    fetch(`${url}/v1/completions`, {
      method: 'POST',
      headers: auth,
      body: JSON.stringify({ model: 'gpt-oss-120b', prompt: '/stream 3', stream }),
    })
  expect(await post(false).then(bodyOf)).toMatchObject({
    body: { object: 'text_completion', choices: [{ index: 0, text: 'The stream carries', finish_reason: 'stop' }] },
  })
  const chunks = (await (await post(true)).text()).split('\n\n').slice(0, -2)
  const parsed = chunks.map(
    (chunk) => JSON.parse(chunk.slice('data: '.length)) as { object: string; choices: { text: string }[] },
  )
  expect(parsed.map(({ choices }) => choices[0]?.text)).toEqual(['The', ' stream', ' carries', ''])
  expect(new Set(parsed.map(({ object }) => object))).toEqual(new Set(['text_completion']))
})

test('bodies may be pretty-printed, gzipped, MessagePack, or both', async () => {
  const url = await startServer()
  const json = JSON.stringify(ask('/stream 3'), null, 2)
  const msgpack = Buffer.concat([
    Buffer.from('83a56d6f64656cac6770742d6f73732d31323062a673747265616dc3a86d65737361676573', 'hex'),
    Buffer.from('9182a4726f6c65a475736572a7636f6e74656e74a92f73747265616d2033', 'hex'),
  ])
  const post = async (body: string | Buffer, headers: Record<string, string>) => {
    const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers: { ...auth, ...headers }, body })
    return readEvents(await response.text()).content
  }
  const type = { 'content-type': 'application/vnd.msgpack' }
  const gzip = { 'content-encoding': 'gzip' }
  expect(await post(json, {})).toBe('The stream carries')
  expect(await post(gzipSync(json), gzip)).toBe('The stream carries')
  expect(await post(msgpack, type)).toBe('The stream carries')
  expect(await post(gzipSync(msgpack), { ...type, ...gzip })).toBe('The stream carries')
})

test('bodies that cannot be read are refused in the format of the provider', async () => {
  const url = await startServer()
  const post = async (body: string | Buffer, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers: { ...auth, ...headers }, body })
    return { status: response.status, code: ((await response.json()) as { code: string }).code }
  }
  const wrongFormat = { status: 400, code: 'wrong_api_format' }
  expect(await post('')).toEqual(wrongFormat)
  expect(await post('{"model":')).toEqual(wrongFormat)
  expect(await post('not gzip', { 'content-encoding': 'gzip' })).toEqual(wrongFormat)
  expect(await post('{}', { 'content-encoding': 'br' })).toEqual(wrongFormat)
  expect(await post('\u00c1', { 'content-type': 'application/vnd.msgpack' })).toEqual(wrongFormat)
  const tooLarge = { status: 413, code: 'request_too_large' }
  expect(await post('x'.repeat(17 * 1024 * 1024))).toEqual(tooLarge)
  expect(await post(gzipSync('x'.repeat(17 * 1024 * 1024)), { 'content-encoding': 'gzip' })).toEqual(tooLarge)
})

test('validation problems are joined by line breaks', async () => {
  const url = await startServer()
  const messages = [{ role: 'assistant', content: 'a', reasoning_content: 'b' }]
  expect(await postChat(url, ask('', { messages, store: true })).then(bodyOf)).toEqual({
    status: 400,
    body: {
      message:
        "messages.0.assistant.reasoning_content: property 'messages.0.assistant.reasoning_content' is unsupported\n" +
        "body.store: property 'body.store' is unsupported",
      type: 'invalid_request_error',
      param: 'validation_error',
      code: 'wrong_api_format',
    },
  })
})

test('prompt and cap must fit into the context', async () => {
  const url = await startServer()
  expect(await postChat(url, ask('hello', { max_completion_tokens: 131_066 })).then(bodyOf)).toEqual({
    status: 400,
    body: {
      message: 'Please reduce the length of the messages or completion. Current length is 131073 while limit is 131072',
      type: 'invalid_request_error',
      param: 'messages',
      code: 'context_length_exceeded',
    },
  })
})

test('an unknown model is 404', async () => {
  const response = await postChat(await startServer(), ask('hello', { model: 'llama' }))
  expect(await bodyOf(response)).toMatchObject({ status: 404, body: { code: 'model_not_found' } })
})

test('the cap cuts the answer and says so, but not a generated one', async () => {
  const url = await startServer({ recordings })
  const post = async (prompt: string) => {
    const response = await postChat(url, ask(prompt, { max_completion_tokens: 5 }), { 'x-flint-sample': 'snake' })
    const { content, reasoning, finishReasons } = readEvents(await response.text())
    return { content, reasoning, finishReasons }
  }
  expect(await post('Add a pause key')).toEqual({ content: 'Press **', reasoning: 'Think first.', finishReasons: ['length'] })
  expect(await post('/stream 7')).toEqual({
    content: 'The stream carries one token after another',
    reasoning: '',
    finishReasons: ['stop'],
  })
})

test('a repeated prompt is cached and costs only total tokens', async () => {
  const url = await startServer()
  const long = ask('/stream 1', {
    messages: [
      { role: 'system', content: 'word '.repeat(500) },
      { role: 'user', content: '/stream 1' },
    ],
  })
  const cachedTokens = async () => {
    const { events } = readEvents(await (await postChat(url, long)).text())
    return (JSON.parse(events.at(-2) ?? '') as { usage: { prompt_tokens_details: object } }).usage.prompt_tokens_details
  }
  expect(await cachedTokens()).toEqual({ cached_tokens: 0 })
  expect(await cachedTokens()).toEqual({ cached_tokens: 512 })
})

test('limits are per key and model, and a refusal has no inference id', async () => {
  const url = await startServer({ requestsPerMinute: 1, clock: createTestClock() })
  const status = async (key: string, model: string) => {
    const response = await postChat(url, ask('/stream 1', { model }), { authorization: `Bearer ${key}` })
    await response.text()
    return [response.status, response.headers.has('inference-id')]
  }
  expect(await status('a', 'gpt-oss-120b')).toEqual([200, true])
  expect(await status('a', 'gpt-oss-120b')).toEqual([429, false])
  expect(await status('a', 'qwen-3.8-27b')).toEqual([200, true])
  expect(await status('b', 'gpt-oss-120b')).toEqual([200, true])
})

test('a client that leaves ends the generation at once and gets its reservation back', async () => {
  const url = await startServer({ tokensPerSecond: 1000, totalTokensPerMinute: 1_000_000, uncachedTokensPerMinute: 1_000_000 })
  const left = new AbortController()
  const response = await postChat(url, ask('/stream 200000'), {}, left.signal)
  expect(Number(response.headers.get('x-ratelimit-remaining-tokens-minute'))).toBeLessThan(810_000)
  await response.body?.getReader().read()
  left.abort()
  const remaining = async () => {
    const next = await postChat(url, ask('/stream 1'))
    await next.text()
    return Number(next.headers.get('x-ratelimit-remaining-tokens-minute'))
  }
  // The buckets refill by 16 tokens per ms: 200,000 tokens would take 12 s.
  const startedMs = performance.now()
  await expect.poll(remaining, { timeout: 2000, interval: 10 }).toBeGreaterThan(990_000)
  expect(performance.now() - startedMs).toBeLessThan(2000)
})
