import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import {
  type Answer,
  ask,
  drain,
  eventStream,
  finish,
  listeningLog,
  ManualTimers,
  modelAt,
  refuses,
  sse,
  startBackend,
  streams,
  text,
} from './test-backend.ts'

const never = new AbortController().signal
const answers = streams(text('a'), finish(), '[DONE]')
const queue = { message: 'busy', type: 'too_many_requests_error', param: 'queue', code: 'queue_exceeded' }
const cut: Answer = (_response, _request, socket) => void socket.destroy()

/** Drains an answer while the pauses of a retry (and nothing else) are let pass at once; resolves to how long they were. */
async function withPauses(url: string) {
  const timers = new ManualTimers()
  const pauses: number[] = []
  const log = listeningLog()
  const model = modelAt(url, { timers, log })
  const answer = drain(model.stream(ask, never))
  let over = false
  void answer.then(() => {
    over = true
  })
  while (!over) {
    const retry = log.lines.find(([, , message]) => message === 'model request is tried once more')
    if (retry !== undefined && pauses.length === 0) {
      const { pauseMs } = retry[1] as { pauseMs: number }
      pauses.push(pauseMs)
      timers.advance(pauseMs)
    }
    await setImmediate()
  }
  await model.close()
  const { batches, error } = await answer
  return { events: batches.flat(), error, pauses }
}

test.each([
  ['a cut connection', cut, 100],
  ['408', refuses(408, ''), 500],
  ['500', refuses(500, { status_code: 500, error: { message: 'oops' } }), 500],
  ['503', refuses(503, ''), 500],
  ['503 with its own wait', refuses(503, '', { 'retry-after': '2' }), 2_000],
  ['a full queue', refuses(429, queue), 500],
  ['a full queue with its own wait', refuses(429, queue, { 'retry-after-ms': '40' }), 40],
  ['an error in the stream before the first token', streams({ status_code: 500, error: { message: 'oops' } }), 500],
] as const)('%s is tried once more, and the wait is told', async (_name, first, pauseMs) => {
  await using backend = await startBackend(first, answers)
  const { events, error, pauses } = await withPauses(backend.url)
  expect({ error, pauses, asked: backend.received.length }).toEqual({ error: null, pauses: [pauseMs], asked: 2 })
  expect(events.slice(-3)).toEqual([
    { type: 'start', requestId: 'chatcmpl-1', waitedMs: pauseMs },
    { type: 'text', text: 'a' },
    { type: 'end', finishReason: 'stop' },
  ])
})

test('a stream that is cut before its first token is asked for once more and starts again', async () => {
  const cutEarly: Answer = (response, _request, socket) => {
    response.writeHead(200, eventStream)
    response.write(': ping\n\n', () => socket.destroy())
  }
  await using backend = await startBackend(cutEarly, answers)
  const { events, error } = await withPauses(backend.url)
  expect({ error, events }).toEqual({
    error: null,
    events: [
      { type: 'start', requestId: 'chatcmpl-1' },
      { type: 'start', requestId: 'chatcmpl-1', waitedMs: 100 },
      { type: 'text', text: 'a' },
      { type: 'end', finishReason: 'stop' },
    ],
  })
})

test('a backend that fails twice has failed, with what it said last', async () => {
  await using backend = await startBackend(cut, refuses(503, ''))
  const { error } = await withPauses(backend.url)
  expect(error).toMatchObject({ failure: { code: 'server_error', status: 503, requestId: 'chatcmpl-1' } })
  expect(backend.received.length).toBe(2)
})

test('a connection that is refused is tried once more, then the backend is unreachable', async () => {
  const backend = await startBackend(answers)
  await backend[Symbol.asyncDispose]()
  const { error, pauses } = await withPauses(backend.url)
  expect({ failure: (error as { failure?: unknown }).failure, pauses }).toEqual({
    failure: { code: 'unreachable' },
    pauses: [100],
  })
})

test.each([
  [
    'a field in the path of the message',
    { message: "body.stop: property 'body.stop' is unsupported", param: 'validation_error' },
  ],
  ['a field in param', { error: { message: 'no', param: 'stop', code: 'unsupported_parameter' } }],
])('%s that is optional is left out of a second request', async (_name, refused) => {
  await using backend = await startBackend(refuses(400, { code: 'wrong_api_format', ...refused }), answers)
  const model = modelAt(backend.url)
  const { error } = await drain(model.stream({ ...ask, stop: ['END'], temperature: 0 }, never))
  const base = { model: ask.model, messages: ask.messages, max_completion_tokens: 512, stream: true, temperature: 0 }
  expect({ error, bodies: backend.received.map(({ body }) => body) }).toEqual({
    error: null,
    bodies: [
      { ...base, stream_options: { include_usage: true }, stop: ['END'] },
      { ...base, stream_options: { include_usage: true } },
    ],
  })
  await model.close()
})

test('leaving out a field was the one retry', async () => {
  const refused = (field: string) => refuses(400, { message: `body.${field}: no`, code: 'wrong_api_format' })
  await using backend = await startBackend(refused('stop'), refused('temperature'), answers)
  const model = modelAt(backend.url)
  const { error } = await drain(model.stream({ ...ask, stop: ['END'], temperature: 0 }, never))
  expect(error).toMatchObject({ failure: { code: 'request_refused', status: 400 } })
  expect(backend.received.length).toBe(2)
  await model.close()
})

test.each(['messages', 'max_completion_tokens', 'store'])(
  'a refused %s, which is not optional or was not sent, is not retried',
  async (field) => {
    await using backend = await startBackend(refuses(400, { message: `body.${field}: no`, code: 'wrong_api_format' }), answers)
    const model = modelAt(backend.url)
    expect((await drain(model.stream(ask, never))).error).toMatchObject({ failure: { code: 'request_refused' } })
    expect(backend.received.length).toBe(1)
    await model.close()
  },
)

test('after the first token nothing is sent again', async () => {
  const lost: Answer = (response, _request, socket) => {
    response.writeHead(200, eventStream)
    response.write(sse(text('a')), () => socket.destroy())
  }
  await using backend = await startBackend(lost, answers)
  const { error, pauses } = await withPauses(backend.url)
  expect({ failure: (error as { failure?: unknown }).failure, pauses, asked: backend.received.length }).toEqual({
    failure: { code: 'stream_lost', requestId: 'chatcmpl-1' },
    pauses: [],
    asked: 1,
  })
})
