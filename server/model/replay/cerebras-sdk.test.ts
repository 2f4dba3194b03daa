import Cerebras, {
  APIConnectionError,
  AuthenticationError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from '@cerebras/cerebras_cloud_sdk'
import { expect, test } from 'vitest'
import type { Recording } from './recordings.ts'
import type { ReplayServerOptions } from './replay-server.ts'
import { startServer } from './test-requests.ts'

/** The provider's own client is the judge of the wire. Its types, too: nothing here is cast that it declares. */

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

async function connect(options: Partial<ReplayServerOptions> = {}): Promise<Cerebras> {
  const baseURL = await startServer({ recordings, key: 'csk-right', ...options })
  return new Cerebras({ apiKey: 'csk-right', baseURL, maxRetries: 0, warmTCPConnection: false })
}

const chat = (prompt: string) => ({ model: 'gpt-oss-120b', messages: [{ role: 'user' as const, content: prompt }] })
const fault = (name: string) => ({ headers: { 'x-flint-fault': name } })
const snake = { headers: { 'x-flint-sample': 'snake' } }

test('streams a recording: role, reasoning, content, then usage and times on the finish chunk', async () => {
  const client = await connect()
  const stream = await client.chat.completions.create({ ...chat('Add a pause key'), stream: true }, snake)
  let reasoning = ''
  let content = ''
  let role: unknown
  let last: Cerebras.ChatCompletion.ChatChunkResponse | undefined
  for await (const chunk of stream) {
    if (!('object' in chunk) || chunk.object !== 'chat.completion.chunk') throw new Error('not a chunk')
    const delta = chunk.choices?.[0]?.delta
    role ??= delta?.role
    reasoning += delta?.reasoning ?? ''
    content += delta?.content ?? ''
    last = chunk
  }
  expect({ role, reasoning, content }).toEqual({ role: 'assistant', reasoning: 'Think first.', content: 'Press **P** 👩‍🚀.\n' })
  expect(last?.choices?.[0]?.finish_reason).toBe('stop')
  expect(last?.usage).toMatchObject({ completion_tokens: 13, completion_tokens_details: { reasoning_tokens: 3 } })
  expect(last?.time_info?.total_time).toBeGreaterThanOrEqual(0)
})

test('answers whole', async () => {
  const client = await connect()
  const { data, response } = await client.chat.completions.create(chat('Add a pause key'), snake).withResponse()
  if (!('object' in data) || data.object !== 'chat.completion') throw new Error('not a completion')
  expect(data.choices[0]?.message).toEqual({ role: 'assistant', reasoning: 'Think first.', content: 'Press **P** 👩‍🚀.\n' })
  expect(response.headers.get('inference-id')).toBe(data.id)
})

test('completes text, whole and streamed', async () => {
  const client = await connect()
  const params = { model: 'gpt-oss-120b', prompt: '/stream 4' }
  const whole = await client.completions.create(params)
  if (!('choices' in whole)) throw new Error('not a completion')
  expect(whole.choices?.[0]?.text).toBe('The stream carries one')
  let text = ''
  for await (const chunk of await client.completions.create({ ...params, stream: true })) text += chunk.choices[0]?.text ?? ''
  expect(text).toBe('The stream carries one')
})

test('lists and retrieves models, and warms its connection', async () => {
  const client = await connect()
  const { data } = await client.models.list()
  expect(data.map(({ id }) => id)).toEqual(['gpt-oss-120b', 'qwen-3.8-27b'])
  expect(await client.models.retrieve('qwen-3.8-27b')).toMatchObject({ id: 'qwen-3.8-27b', owned_by: 'Cerebras' })
  await expect(client.models.retrieve('llama')).rejects.toBeInstanceOf(NotFoundError)
  expect(await client.get('/v1/tcp_warming')).toEqual({})
})

test.each([
  ['not_authenticated', PermissionDeniedError, 403],
  ['wrong_key', AuthenticationError, 401],
  ['payment_required', Cerebras.APIError, 402],
  ['model_not_found', NotFoundError, 404],
  ['wrong_api_format', Cerebras.BadRequestError, 400],
  ['context_length', Cerebras.BadRequestError, 400],
  ['requests_minute', RateLimitError, 429],
  ['tokens_day', RateLimitError, 429],
  ['server_error', InternalServerError, 500],
  ['unavailable', InternalServerError, 503],
])('%s becomes its error class', async (name, errorClass, status) => {
  const client = await connect()
  const error: unknown = await client.chat.completions.create(chat('hello'), fault(name)).catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(errorClass)
  expect(error).toMatchObject({ status })
})

test('a wrong key and an unknown model are refused without any fault', async () => {
  const client = await connect({ key: 'csk-other' })
  await expect(client.models.list()).rejects.toBeInstanceOf(AuthenticationError)
  const right = await connect()
  await expect(right.chat.completions.create({ ...chat('hello'), model: 'llama' })).rejects.toMatchObject({
    status: 404,
    error: { code: 'model_not_found' },
  })
})

test('obeys x-should-retry and retries what it may', async () => {
  const seen: number[] = []
  const baseURL = await startServer({ key: 'csk-right' })
  const client = new Cerebras({
    apiKey: 'csk-right',
    baseURL,
    maxRetries: 1,
    warmTCPConnection: false,
    fetch: async (url, init) => {
      const response = await fetch(String(url), init as RequestInit)
      seen.push(response.status)
      return response as never
    },
  })
  await expect(client.chat.completions.create(chat('a'), fault('queue_exceeded:no-retry'))).rejects.toMatchObject({
    status: 429,
  })
  expect(seen.splice(0)).toEqual([429])
  await expect(client.chat.completions.create(chat('a'), fault('payment_required'))).rejects.toMatchObject({ status: 402 })
  expect(seen.splice(0)).toEqual([402])
  await expect(client.chat.completions.create(chat('a'), fault('requests_minute:1'))).rejects.toMatchObject({ status: 429 })
  expect(seen.splice(0)).toEqual([429, 429])
})

test.each(['error_in_stream', 'error_in_stream:named'])('%s: the client throws after the text before it', async (name) => {
  const client = await connect()
  const stream = await client.chat.completions.create({ ...chat('hello'), stream: true }, fault(name))
  let content = ''
  const read = async () => {
    for await (const chunk of stream) if ('choices' in chunk) content += JSON.stringify(chunk.choices)
  }
  const error: unknown = await read().catch((caught: unknown) => caught)
  // The client names it by the connection and keeps the inner error only as the cause.
  expect(error).toBeInstanceOf(Cerebras.APIError)
  expect(error instanceof APIConnectionError ? String(error.cause) : String(error)).toContain('server error')
  expect(content).toContain('There')
})

test('a reset connection is an error, a missing [DONE] is not noticed', async () => {
  const client = await connect()
  const contentOf = async (name: string) => {
    let chunks = 0
    for await (const chunk of await client.chat.completions.create({ ...chat('hello'), stream: true }, fault(name)))
      chunks += 'choices' in chunk ? 1 : 0
    return chunks
  }
  await expect(contentOf('reset')).rejects.toThrow(/Premature close|ECONNRESET|aborted/)
  expect(await contentOf('no_done')).toBeGreaterThan(10)
})

test('an abort ends the stream silently', async () => {
  const client = await connect({ tokensPerSecond: 1000 })
  const stream = await client.chat.completions.create({ ...chat('/stream 200000'), stream: true })
  let chunks = 0
  for await (const chunk of stream) {
    chunks += 'choices' in chunk ? 1 : 0
    if (chunks === 20) stream.controller.abort()
  }
  expect(chunks).toBeGreaterThanOrEqual(20)
  expect(chunks).toBeLessThan(1000)
})

test('assembles fragmented and whole tool calls', async () => {
  const client = await connect()
  for (const name of ['tool_calls', 'tool_calls:whole']) {
    const stream = await client.chat.completions.create({ ...chat('hello'), stream: true }, fault(name))
    let call = ''
    const finishReasons: unknown[] = []
    for await (const chunk of stream) {
      if (!('object' in chunk) || chunk.object !== 'chat.completion.chunk') throw new Error('not a chunk')
      const choice = chunk.choices?.[0]
      for (const part of choice?.delta?.tool_calls ?? []) call += (part.function.name ?? '') + (part.function.arguments ?? '')
      if (choice?.finish_reason) finishReasons.push(choice.finish_reason)
    }
    expect({ call, finishReasons }).toEqual({ call: 'read_file{"path":"src/main.ts"}', finishReasons: ['tool_calls'] })
  }
})
