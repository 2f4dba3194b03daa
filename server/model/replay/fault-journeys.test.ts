import { expect, test } from 'vitest'
import { faultNames, type FaultName } from './faults.ts'
import { ask, postChat, readEvents, startServer } from './test-requests.ts'
import { createTestClock } from './test-clock.ts'
import { findAnswer } from './answers.ts'

const noRecording = findAnswer([], undefined, 'hello').content.toString()
const flat = (type: string, param: string, code: string) => ({ type, param, code, message: expect.any(String) })
const limits = (family: string, limit: string, reset: string) => ({
  [`x-ratelimit-limit-${family}`]: limit,
  [`x-ratelimit-remaining-${family}`]: '0',
  [`x-ratelimit-reset-${family}`]: reset,
})

const refusals: Record<string, { status: number; body: object; headers?: object }> = {
  wrong_key: { status: 401, body: flat('invalid_request_error', 'api_key', 'wrong_api_key') },
  not_authenticated: { status: 403, body: { detail: 'Not authenticated' } },
  payment_required: {
    status: 402,
    body: flat('payment_required_error', 'quota', 'payment_required'),
    headers: { 'x-should-retry': 'false' },
  },
  model_not_found: { status: 404, body: flat('not_found_error', 'model', 'model_not_found') },
  wrong_api_format: { status: 400, body: flat('invalid_request_error', 'validation_error', 'wrong_api_format') },
  context_length: { status: 400, body: flat('invalid_request_error', 'messages', 'context_length_exceeded') },
  requests_minute: {
    status: 429,
    body: flat('too_many_requests_error', 'quota', 'request_quota_exceeded'),
    headers: limits('requests-minute', '1000', '11.382867'),
  },
  'requests_minute:3': {
    status: 429,
    body: flat('too_many_requests_error', 'quota', 'request_quota_exceeded'),
    headers: { ...limits('requests-minute', '1000', '3'), 'retry-after': '3' },
  },
  tokens_minute: {
    status: 429,
    body: flat('too_many_tokens_error', 'quota', 'token_quota_exceeded'),
    headers: limits('tokens-minute', '1000000', '11.382867'),
  },
  requests_day: {
    status: 429,
    body: flat('too_many_requests_error', 'quota', 'request_quota_exceeded'),
    headers: limits('requests-day', '14400', '40153.251'),
  },
  tokens_day: {
    status: 429,
    body: flat('too_many_tokens_error', 'quota', 'token_quota_exceeded'),
    headers: limits('tokens-day', '1000000', '40153.251'),
  },
  queue_exceeded: { status: 429, body: flat('too_many_requests_error', 'queue', 'queue_exceeded') },
  'queue_exceeded:no-retry': {
    status: 429,
    body: flat('too_many_requests_error', 'queue', 'queue_exceeded'),
    headers: { 'x-should-retry': 'false' },
  },
  server_error: {
    status: 500,
    body: {
      status_code: 500,
      error: { message: 'Encountered a server error, please try again.', type: 'server_error', param: '', code: '', id: '' },
    },
  },
  unavailable: { status: 503, body: flat('too_many_requests_error', 'queue', 'queue_exceeded') },
}

test.each(Object.entries(refusals))('%s refuses the request', async (fault, expected) => {
  const response = await postChat(await startServer(), ask('hello'), { 'x-flint-fault': fault })
  expect({ status: response.status, body: await response.json() }).toEqual({ status: expected.status, body: expected.body })
  const headers = Object.fromEntries(
    [...response.headers].filter(([name]) => /^(x-ratelimit|x-should-retry|retry-after)/.test(name)),
  )
  expect(headers).toEqual(expected.headers ?? {})
})

/** Reads a response to its end, however it ends. */
async function readAll(response: Response): Promise<{ text: string; broken: boolean }> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const bytes of response.body ?? []) text += decoder.decode(bytes as Uint8Array, { stream: true })
  } catch {
    return { text, broken: true }
  }
  return { text, broken: false }
}

const streamed: Record<string, (seen: { text: string; broken: boolean }) => void> = {
  error_in_stream: ({ text }) => expect(text).toMatch(/\n\ndata: \{"status_code":500,"error":\{.*\}\}\n\n$/),
  'error_in_stream:named': ({ text }) => expect(text).toMatch(/\n\nevent: error\ndata: \{"status_code":500,.*\n\n$/),
  reset: ({ text, broken }) => {
    expect(broken).toBe(true)
    expect(noRecording.startsWith(readEvents(text).content)).toBe(true)
  },
  no_done: ({ text, broken }) => {
    expect(broken).toBe(false)
    expect(text).not.toContain('[DONE]')
    expect(readEvents(text).finishReasons).toEqual([])
  },
  'no_done:finished': ({ text }) => {
    expect(text).not.toContain('[DONE]')
    expect(readEvents(text)).toMatchObject({ content: noRecording, finishReasons: ['stop'] })
  },
  length: ({ text }) => expect(readEvents(text).finishReasons).toEqual(['length']),
  content_filter: ({ text }) => expect(readEvents(text).finishReasons).toEqual(['content_filter']),
  empty_deltas: ({ text }) => expect(readEvents(text)).toMatchObject({ content: noRecording, finishReasons: ['stop'] }),
  null_choices: ({ text }) => expect(readEvents(text)).toMatchObject({ content: noRecording, finishReasons: ['stop'] }),
  tool_calls: ({ text }) => expect(readEvents(text)).toMatchObject({ content: noRecording, finishReasons: ['tool_calls'] }),
  garbage: ({ text }) => expect(text).toContain('<html>'),
  misquote: ({ text }) => expect(readEvents(text)).toMatchObject({ content: noRecording, finishReasons: ['stop'] }),
  'split_bytes:1': ({ text }) => expect(readEvents(text)).toMatchObject({ content: noRecording, finishReasons: ['stop'] }),
  'slow_first_byte:1': ({ text }) => expect(readEvents(text)).toMatchObject({ content: noRecording, finishReasons: ['stop'] }),
}

test.each(Object.entries(streamed))('%s breaks the stream', async (fault, check) => {
  const response = await postChat(await startServer(), ask('hello'), { 'x-flint-fault': fault })
  expect(response.status).toBe(200)
  check(await readAll(response))
})

test('stall keeps the connection open until the client leaves', async () => {
  const url = await startServer()
  const left = new AbortController()
  const response = await postChat(url, ask('hello'), { 'x-flint-fault': 'stall' }, left.signal)
  const reader = response.body?.getReader()
  const first = await reader?.read()
  expect(new TextDecoder().decode(first?.value)).toContain('"role":"assistant"')
  const silence = await Promise.race([reader?.read(), fetch(`${url}/v1/tcp_warming`).then(() => 'silent')])
  expect(silence).toBe('silent')
  left.abort()
})

test('slow_first_byte waits ten seconds before the headers, as queue time', async () => {
  const clock = createTestClock()
  const url = await startServer({ clock })
  const response = await postChat(url, ask('hello', { stream: false }), { 'x-flint-fault': 'slow_first_byte' })
  expect(await response.json()).toMatchObject({ time_info: { queue_time: 10, total_time: 10 } })
  expect(clock.sleeps[0]).toBe(10_000)
})

test('every fault is played here', () => {
  const played = [...Object.keys(refusals), ...Object.keys(streamed), 'stall'].map((fault) => fault.split(':')[0])
  expect(new Set(played)).toEqual(new Set<string>(faultNames))
})

const wholeFaults: [FaultName, object][] = [
  ['length', { choices: [{ finish_reason: 'length' }] }],
  ['content_filter', { choices: [{ finish_reason: 'content_filter' }] }],
  [
    'tool_calls',
    {
      choices: [
        {
          finish_reason: 'tool_calls',
          message: { tool_calls: [{ function: { name: 'read_file', arguments: '{"path":"src/main.ts"}' }, id: '049d9b129' }] },
        },
      ],
    },
  ],
  ['error_in_stream', { status_code: 500 }],
  ['empty_deltas', { choices: [{ finish_reason: 'stop', message: { content: noRecording } }] }],
]

test.each(wholeFaults)('%s in a whole answer', async (fault, body) => {
  const response = await postChat(await startServer(), ask('hello', { stream: false }), { 'x-flint-fault': fault })
  expect(await response.json()).toMatchObject(body)
})

test('reset and garbage in a whole answer', async () => {
  const url = await startServer()
  const post = (fault: FaultName) => postChat(url, ask('hello', { stream: false }), { 'x-flint-fault': fault })
  await expect(post('reset')).rejects.toThrow('fetch failed')
  await expect((await post('garbage')).json()).rejects.toThrow(SyntaxError)
})

test('a fault prompt, the header and the option: the header decides before the prompt, the prompt before the option', async () => {
  const url = await startServer({ fault: { name: 'server_error' } })
  const status = async (prompt: string, headers = {}) => (await postChat(url, ask(prompt), headers)).status
  expect(await status('hello')).toBe(500)
  expect(await status('/fault wrong_key')).toBe(401)
  expect(await status('/fault wrong_key', { 'x-flint-fault': 'payment_required' })).toBe(402)
})

test('a fault prompt tells a story and breaks it, or breaks the answer to the prompt that follows', async () => {
  const url = await startServer()
  const contentOf = async (prompt: string) => readEvents((await readAll(await postChat(url, ask(prompt)))).text).content
  expect(await contentOf('/fault empty_deltas')).toContain('This answer shows the fault `empty_deltas`')
  expect(await contentOf('/fault no_done /stream 6')).toBe('The stream carries')
  expect((await contentOf('/fault no_done /stream 6')).length).toBeGreaterThan('The stream carries'.length)
  expect(await contentOf('/fault nonsense')).toContain('There is no such fault.')
})

test('a header with an unknown fault is refused', async () => {
  const response = await postChat(await startServer(), ask('hello'), { 'x-flint-fault': 'nonsense' })
  expect(await response.json()).toMatchObject({
    message: "x-flint-fault: there is no fault 'nonsense'",
    code: 'wrong_api_format',
  })
})

test.each([1, 2, 3, 7, 100])('a stream cut every %i bytes, across UTF-8 sequences and line ends, reassembles', async (size) => {
  const url = await startServer()
  const prompt = `/fault split_bytes:${size}`
  const { content, events } = readEvents((await readAll(await postChat(url, ask(prompt)))).text)
  expect(content).toContain('naïve, 東京, 👩‍🚀')
  expect(events.at(-1)).toBe('[DONE]')
})
