import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { replay } from './dialects.ts'
import {
  type Answer,
  ask,
  chunk,
  drain,
  eventStream,
  finish,
  listeningLog,
  modelAt,
  sse,
  startBackend,
  streams,
  text,
} from './wire/test-backend.ts'

const never = new AbortController().signal

test('an answer is told as start, reasoning, text and end, with usage in tokens and times in ms', async () => {
  await using backend = await startBackend(
    streams(
      chunk({ role: 'assistant' }),
      chunk({ reasoning: 'Look at ' }),
      chunk({ reasoning: 'the loop' }),
      chunk({ content: 'for ' }),
      chunk({ content: '(const' }),
      finish('stop', {
        usage: {
          total_tokens: 110,
          completion_tokens: 35,
          completion_tokens_details: { reasoning_tokens: 12 },
          prompt_tokens: 75,
          prompt_tokens_details: { cached_tokens: 64 },
        },
        time_info: { queue_time: 0.0039, prompt_time: 0.0021, completion_time: 0.0178, total_time: 0.0267, created: 1.7e9 },
      }),
      '[DONE]',
    ),
  )
  const model = modelAt(backend.url)

  expect(await drain(model.stream(ask, never))).toEqual({
    batches: [
      [
        { type: 'start', requestId: 'chatcmpl-1' },
        { type: 'reasoning', text: 'Look at the loop' },
        { type: 'text', text: 'for (const' },
        {
          type: 'end',
          finishReason: 'stop',
          usage: { promptTokens: 75, completionTokens: 35, cachedTokens: 64, reasoningTokens: 12 },
          timing: { queueMs: 3.9, promptMs: 2.1, completionMs: 17.8, totalMs: 26.7 },
        },
      ],
    ],
    error: null,
  })
  await model.close()
})

test('the request is what the dialect allows, with the key in the header only', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(backend.url)
  await drain(
    model.stream(
      { ...ask, temperature: 0.2, reasoningEffort: 'low', stop: ['END'], sampleId: 'snake', selectedText: 'x' },
      never,
    ),
  )

  expect(backend.received.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
    {
      method: 'POST',
      path: '/v1/chat/completions',
      body: {
        model: 'gpt-oss-120b',
        messages: [{ role: 'user', content: 'make it faster' }],
        max_completion_tokens: 512,
        stream: true,
        stream_options: { include_usage: true },
        temperature: 0.2,
        reasoning_effort: 'low',
        stop: ['END'],
      },
    },
  ])
  expect(backend.received[0]?.headers).toEqual({
    host: backend.url.slice('http://'.length),
    connection: 'keep-alive',
    'user-agent': 'flint',
    'x-cerebras-3rd-party-integration': 'flint',
    'accept-encoding': 'identity',
    authorization: 'Bearer csk-secret',
    'content-type': 'application/json',
    accept: 'text/event-stream',
    'content-length': String(backend.received[0]?.raw.length),
  })
  await model.close()
})

test('only the replay dialect names the sample, and the lines of an inline edit by their hash', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(`${backend.url}/v1/`, { dialect: replay })
  await drain(model.stream({ ...ask, sampleId: 'snake', selectedText: 'größe\n' }, never))

  const hash = createHash('sha256').update('größe\n').digest('hex')
  expect(backend.received.map(({ path, headers }) => [path, headers['x-flint-sample'], headers['x-flint-selection']])).toEqual([
    ['/v1/chat/completions', 'snake', hash],
  ])
  await model.close()
})

test('a long prompt travels gzipped and arrives whole', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(backend.url)
  const content = 'const größe = 1\n'.repeat(5_000)
  await drain(model.stream({ ...ask, messages: [{ role: 'user', content }] }, never))

  const [request] = backend.received
  expect(request?.headers['content-encoding']).toBe('gzip')
  expect(request?.body).toMatchObject({ messages: [{ role: 'user', content }] })
  expect(request?.raw.length).toBeLessThan(5_000)
  await model.close()
})

test('each event is delivered before the next bytes are sent', async () => {
  let delivered = () => {}
  await using backend = await startBackend(async (response) => {
    response.writeHead(200, eventStream)
    response.flushHeaders()
    for (const event of [text('a'), text('b'), finish(), '[DONE]']) {
      const seen = new Promise<void>((resolve) => {
        delivered = resolve
      })
      response.write(sse(event))
      // Only the reader's loop below lets the server go on; a held-back event would end the test by its time limit.
      if (event !== '[DONE]' && JSON.stringify(event).includes('content')) await seen
    }
    response.end()
  })
  const model = modelAt(backend.url)
  const texts: string[] = []
  for await (const batch of model.stream(ask, never)) {
    for (const event of batch) if (event.type === 'text') texts.push(event.text)
    if (texts.length > 0) delivered()
  }
  expect(texts).toEqual(['a', 'b'])
  await model.close()
})

test('events of one network read come in one batch although the server sent them as separate HTTP chunks', async () => {
  await using backend = await startBackend((response, _request, socket) => {
    socket.cork()
    response.writeHead(200, eventStream)
    for (const event of [text('a'), text('b'), text('c'), finish(), '[DONE]']) response.write(sse(event))
    response.end()
    socket.uncork()
  })
  const model = modelAt(backend.url)
  expect((await drain(model.stream(ask, never))).batches).toEqual([
    [
      { type: 'start', requestId: 'chatcmpl-1' },
      { type: 'text', text: 'abc' },
      { type: 'end', finishReason: 'stop' },
    ],
  ])
  await model.close()
})

const warms: Answer = (response) => void response.end('{}')

test('answers follow each other on a connection that was warmed', async () => {
  await using backend = await startBackend(warms, warms, streams(text('a'), finish(), '[DONE]'))
  const model = modelAt(backend.url)
  await model.warm()
  await drain(model.stream(ask, never))
  await drain(model.stream(ask, never))
  await drain(model.stream(ask, never))

  const [first, second, ...answers] = backend.received.map(({ path, connection }) => ({ path, connection }))
  expect([first, second]).toEqual([
    { path: '/v1/tcp_warming', connection: 1 },
    { path: '/v1/tcp_warming', connection: 2 },
  ])
  expect(new Set(answers.map(({ connection }) => connection))).toEqual(new Set([1]))
  await model.close()
})

test('an answer right after a stopped one does not wait for a new connection', async () => {
  await using backend = await startBackend(warms, warms, (response) => {
    response.writeHead(200, eventStream).write(sse(text('a')))
  })
  const model = modelAt(backend.url)
  await model.warm()
  for (let turn = 0; turn < 2; turn += 1) {
    for await (const batch of model.stream(ask, never)) if (batch.some(({ type }) => type === 'text')) break
  }
  expect(backend.received.map(({ path, connection }) => [path, connection])).toEqual([
    ['/v1/tcp_warming', 1],
    ['/v1/tcp_warming', 2],
    ['/v1/chat/completions', 1],
    ['/v1/chat/completions', 2],
  ])
  await model.close()
})

test('answers that run at the same time each have a connection', async () => {
  await using backend = await startBackend(streams(text('a'), finish(), '[DONE]'))
  const model = modelAt(backend.url)
  await Promise.all([1, 2, 3].map(() => drain(model.stream(ask, never))))
  expect(new Set(backend.received.map(({ connection }) => connection))).toEqual(new Set([1, 2, 3]))
  await model.close()
})

test('a connection that the backend has closed meanwhile is opened again, without a retry', async () => {
  await using backend = await startBackend(streams(text('a'), finish(), '[DONE]'))
  const log = listeningLog()
  const model = modelAt(backend.url, { log })
  await drain(model.stream(ask, never))
  const [socket] = backend.sockets
  socket?.end()
  await vi.waitFor(() => expect(backend.sockets.size).toBe(0))
  expect((await drain(model.stream(ask, never))).error).toBeNull()
  expect(log.lines).toEqual([])
  await model.close()
})

test('warming a backend that cannot be reached tells nobody but the log', async () => {
  const backend = await startBackend(streams())
  await backend[Symbol.asyncDispose]()
  const model = modelAt(backend.url)
  await expect(model.warm()).resolves.toBeUndefined()
  await model.close()
})

test('models are listed by id', async () => {
  await using backend = await startBackend((response) => {
    response.end(
      JSON.stringify({ object: 'list', data: [{ id: 'gpt-oss-120b', object: 'model' }, { id: 'qwen-3.8-27b' }, {}] }),
    )
  })
  const model = modelAt(backend.url)
  expect(await model.models()).toEqual(['gpt-oss-120b', 'qwen-3.8-27b'])
  expect(backend.received.map(({ method, path }) => [method, path])).toEqual([['GET', '/v1/models']])
  await model.close()
})

test('a list of models that cannot be had is a typed failure', async () => {
  await using backend = await startBackend(
    (response) => void response.writeHead(401).end('{"message":"Wrong API Key","code":"wrong_api_key"}'),
    (response) => void response.end('<html>'),
    (response) => void response.end('{"data":7}'),
  )
  const model = modelAt(backend.url)
  await expect(model.models()).rejects.toMatchObject({ failure: { code: 'wrong_key', status: 401 } })
  await expect(model.models()).rejects.toMatchObject({ failure: { code: 'bad_stream' } })
  await expect(model.models()).rejects.toMatchObject({ failure: { code: 'bad_stream' } })
  await model.close()
})

test('closing twice is closing once, and a closed model is unreachable', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(backend.url)
  await model.warm()
  await Promise.all([model.close(), model.close()])
  expect((await drain(model.stream(ask, never))).error).toMatchObject({ failure: { code: 'unreachable' } })
  await model.warm()
})
