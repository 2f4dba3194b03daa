import { expect, test } from 'vitest'
import { ModelFailure } from '../model.ts'
import {
  type Answer,
  ask,
  chunk,
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
const requestId = 'chatcmpl-1'

/** Runs one answer of a backend that always answers so; resolves to the text that arrived, the failure and how often it was asked. */
async function failing(answer: Answer) {
  await using backend = await startBackend(answer)
  const log = listeningLog()
  const model = modelAt(backend.url, { log })
  const { batches, error } = await drain(model.stream(ask, never))
  await model.close()
  expect(error).toBeInstanceOf(ModelFailure)
  expect(JSON.stringify([error, (error as Error).message, (error as Error).cause, log.lines])).not.toMatch(
    /csk-secret|wording|faster/,
  )
  const texts = batches.flat().map((event) => (event.type === 'text' ? event.text : ''))
  return { text: texts.join(''), failure: (error as ModelFailure).failure, asked: backend.received.length }
}

const noRetry = { 'x-should-retry': 'false' }
const tokens = { message: 'wording', type: 'too_many_tokens_error', param: 'quota', code: 'token_quota_exceeded' }
const requests = { message: 'wording', type: 'too_many_requests_error', param: 'quota', code: 'request_quota_exceeded' }
const queue = { message: 'wording', type: 'too_many_requests_error', param: 'queue', code: 'queue_exceeded' }

test.each([
  ['no key', refuses(403, { detail: 'wording' }), { code: 'wrong_key', status: 403 }],
  [
    'a wrong key',
    refuses(401, { message: 'wording', param: 'api_key', code: 'wrong_api_key' }),
    { code: 'wrong_key', status: 401 },
  ],
  [
    'an unpaid account',
    refuses(402, { message: 'wording', type: 'payment_required_error', code: 'payment_required' }, noRetry),
    { code: 'payment_required', status: 402 },
  ],
  [
    'an unknown model',
    refuses(404, { message: 'wording', type: 'not_found_error', param: 'model', code: 'model_not_found' }),
    { code: 'model_not_found', status: 404 },
  ],
  ['an unknown path', refuses(404, ''), { code: 'request_refused', status: 404 }],
  [
    'a context that is too long',
    refuses(400, { message: 'wording', type: 'invalid_request_error', code: 'context_length_exceeded' }),
    { code: 'context_too_long', status: 400 },
  ],
  ['a body that is too large', refuses(413, '<html>wording'), { code: 'context_too_long', status: 413 }],
  [
    'a refused request',
    refuses(400, { message: 'messages.0: wording', param: 'validation_error', code: 'wrong_api_format' }),
    { code: 'request_refused', status: 400 },
  ],
  [
    'an error in the shape of OpenAI',
    refuses(422, { error: { message: 'wording', code: null } }),
    { code: 'request_refused', status: 422 },
  ],
  ['a page of HTML that never ends', refuses(502, `<html>${'wording '.repeat(20_000)}`), { code: 'server_error', status: 502 }],
  [
    'requests per minute, with a wait in seconds',
    refuses(429, requests, { 'retry-after': '3' }),
    { code: 'requests_limited', status: 429, retryAfterMs: 3_000 },
  ],
  [
    'requests per minute, with a wait in ms',
    refuses(429, requests, { 'retry-after-ms': '1250', 'retry-after': '9' }),
    { code: 'requests_limited', status: 429, retryAfterMs: 1_250 },
  ],
  [
    'requests per minute, while the day has plenty left',
    refuses(429, requests, {
      'x-ratelimit-remaining-requests-day': '14000',
      'x-ratelimit-reset-requests-day': '40000.5',
      'x-ratelimit-remaining-requests-minute': '0',
      'x-ratelimit-reset-requests-minute': '11.382867',
    }),
    { code: 'requests_limited', status: 429, retryAfterMs: 11_383 },
  ],
  [
    'requests per minute, when only the day has headers',
    refuses(429, requests, { 'x-ratelimit-remaining-requests-day': '14000', 'x-ratelimit-reset-requests-day': '40000.5' }),
    { code: 'requests_limited', status: 429 },
  ],
  [
    'requests per day',
    refuses(429, requests, { 'x-ratelimit-remaining-requests-day': '0', 'x-ratelimit-reset-requests-day': '40000.5' }),
    { code: 'daily_limited', status: 429, retryAfterMs: 40_000_500 },
  ],
  [
    'tokens per minute: some are left, but fewer than the request reserves',
    refuses(429, tokens, { 'x-ratelimit-remaining-tokens-minute': '511', 'x-ratelimit-reset-tokens-minute': '7.5' }),
    { code: 'tokens_limited', status: 429, retryAfterMs: 7_500 },
  ],
  [
    'tokens per minute: enough is left for the answer, the prompt was too much',
    refuses(429, tokens, { 'x-ratelimit-remaining-tokens-minute': '600', 'x-ratelimit-reset-tokens-minute': '7.5' }),
    { code: 'tokens_limited', status: 429, retryAfterMs: 7_500 },
  ],
  [
    'tokens per day',
    refuses(429, tokens, {
      'x-ratelimit-remaining-tokens-minute': '30000',
      'x-ratelimit-reset-tokens-minute': '0',
      'x-ratelimit-remaining-tokens-day': '-20',
      'x-ratelimit-reset-tokens-day': '3600',
    }),
    { code: 'daily_limited', status: 429, retryAfterMs: 3_600_000 },
  ],
  [
    'a wait that no minute needs',
    refuses(429, tokens, { 'retry-after': '7200' }),
    { code: 'daily_limited', status: 429, retryAfterMs: 7_200_000 },
  ],
  [
    'a wait until a date',
    refuses(429, requests, { date: 'Tue, 03 Nov 2026 10:00:00 GMT', 'retry-after': 'Tue, 03 Nov 2026 10:00:20 GMT' }),
    { code: 'requests_limited', status: 429, retryAfterMs: 20_000 },
  ],
  [
    'a limit that says nothing but its headers',
    refuses(429, '', { 'x-ratelimit-remaining-tokens-minute': '0', 'x-ratelimit-reset-tokens-minute': '2' }),
    { code: 'tokens_limited', status: 429, retryAfterMs: 2_000 },
  ],
  ['a full queue that forbids a retry', refuses(429, queue, noRetry), { code: 'queue_full', status: 429 }],
  ['a full queue, told as 503', refuses(503, queue, noRetry), { code: 'queue_full', status: 503 }],
  [
    'a full queue with a wait that is too long for an interactive turn',
    refuses(429, queue, { 'retry-after': '3' }),
    { code: 'queue_full', status: 429, retryAfterMs: 3_000 },
  ],
  [
    'a server error that forbids a retry',
    refuses(500, { status_code: 500, error: { message: 'wording', type: 'server_error', code: '' } }, noRetry),
    { code: 'server_error', status: 500 },
  ],
  ['a redirect', refuses(302, '', { location: 'https://example.com' }), { code: 'request_refused', status: 302 }],
  ['a page instead of a stream', refuses(200, '<html>wording</html>', { 'content-type': 'text/html' }), { code: 'bad_stream' }],
  [
    'an error told with status 200',
    refuses(200, { error: { message: 'wording', code: 429 } }, { 'content-type': 'application/json' }),
    { code: 'requests_limited', status: 429 },
  ],
] as const)('%s is told from the response and asked only once', async (_name, answer, failure) => {
  expect(await failing(answer)).toEqual({ text: '', failure: { ...failure, requestId }, asked: 1 })
})

const told = { status_code: 500, error: { message: 'wording', type: 'server_error', param: '', code: '', id: '' } }

test.each([
  ['an unnamed error event', [sse(told)], { code: 'server_error', status: 500 }],
  ['a named error event', [`event: error\n${sse(told)}`], { code: 'server_error', status: 500 }],
  ['a named error event without status', [`event: error\n${sse({ message: 'wording' })}`], { code: 'server_error' }],
  ['a named error event of plain words', [`event: error\n${sse('wording')}`], { code: 'server_error' }],
  [
    'a bare error line',
    [`error: ${JSON.stringify({ code: 503, message: 'wording' })}\n`],
    { code: 'server_error', status: 503 },
  ],
  ['a bare error line at the very end', [`error: ${JSON.stringify({ message: 'wording' })}`], { code: 'server_error' }],
  ['an error object', [sse({ object: 'error', message: 'wording', code: 400 })], { code: 'request_refused', status: 400 }],
  ['an error as text', [sse({ error: 'wording' })], { code: 'server_error' }],
  ['a limit inside the stream', [sse({ status_code: 429, error: tokens })], { code: 'tokens_limited', status: 429 }],
  ['finish_reason error', [sse(chunk({}, { finish_reason: 'error' }))], { code: 'server_error' }],
  ['an event that is no JSON', [sse('{"id":"chatcmpl-1","choi')], { code: 'bad_stream' }],
  ['an event that is no object', [sse('[1,2]')], { code: 'bad_stream' }],
  ['an end without finish_reason', [], { code: 'stream_truncated' }],
  ['[DONE] without finish_reason', [sse('[DONE]')], { code: 'stream_truncated' }],
  ['an event that is cut off', [sse(text('b')).slice(0, 40)], { code: 'stream_truncated' }],
] as const)('%s ends the answer after its text, and the request is not sent again', async (_name, rest, failure) => {
  const answer: Answer = (response) => {
    response.writeHead(200, eventStream)
    response.end([sse(text('a')), ...rest].join(''))
  }
  expect(await failing(answer)).toEqual({ text: 'a', failure: { ...failure, requestId }, asked: 1 })
})

test('bytes that are no event stream at all are a bad stream', async () => {
  const answer: Answer = (response) => void response.writeHead(200, eventStream).end('\u0000\u0001 wording\nmore wording\n\n')
  expect(await failing(answer)).toEqual({ text: '', failure: { code: 'bad_stream', requestId }, asked: 1 })
})

test('an event without end is a bad stream before it fills the memory', async () => {
  const answer: Answer = (response) => {
    response.writeHead(200, eventStream)
    response.write('data: ')
    const piece = 'x'.repeat(1_000_000)
    const more = () => {
      if (!response.destroyed) response.write(piece, more)
    }
    more()
  }
  expect(await failing(answer)).toEqual({ text: '', failure: { code: 'bad_stream', requestId }, asked: 1 })
})

test('a connection that is cut after the first token is a lost stream', async () => {
  const answer: Answer = (response, _request, socket) => {
    response.writeHead(200, eventStream)
    response.write(sse(text('a')), () => socket.destroy())
  }
  expect(await failing(answer)).toEqual({ text: 'a', failure: { code: 'stream_lost', requestId }, asked: 1 })
})

test('a connection that is reset after the first token is a lost stream', async () => {
  const answer: Answer = (response, _request, socket) => {
    response.writeHead(200, eventStream)
    response.write(sse(text('a')), () => socket.resetAndDestroy())
  }
  expect(await failing(answer)).toEqual({ text: 'a', failure: { code: 'stream_lost', requestId }, asked: 1 })
})

test('a connection that is cut after the finish reason has told the whole answer', async () => {
  await using backend = await startBackend((response, _request, socket) => {
    response.writeHead(200, eventStream)
    response.write(sse(text('a')) + sse(finish()), () => socket.destroy())
  })
  const model = modelAt(backend.url)
  expect((await drain(model.stream(ask, never))).batches.flat()).toEqual([
    { type: 'start', requestId },
    { type: 'text', text: 'a' },
    { type: 'end', finishReason: 'stop' },
  ])
  await model.close()
})

test.each(['length', 'content_filter', 'tool_calls'])('finish_reason %s is an end, not a failure', async (reason) => {
  await using backend = await startBackend(streams(text('a'), finish(reason), '[DONE]'))
  const model = modelAt(backend.url)
  expect((await drain(model.stream(ask, never))).batches.flat().at(-1)).toEqual({
    type: 'end',
    finishReason: reason === 'tool_calls' ? 'other' : reason,
  })
  await model.close()
})

test('silence after the headers is a stall, once it has lasted as long as allowed', async () => {
  await using backend = await startBackend((response) => void response.writeHead(200, eventStream).write(sse(text('a'))))
  const timers = new ManualTimers()
  const model = modelAt(backend.url, { timers, idleTimeoutMs: 10_000 })
  const answer = model.stream(ask, never)[Symbol.asyncIterator]()
  expect((await answer.next()).value?.at(-1)).toEqual({ type: 'text', text: 'a' })
  timers.advance(9_999)
  const next = answer.next()
  timers.advance(1)
  await expect(next).rejects.toMatchObject({ failure: { code: 'stalled', requestId } })
  await model.close()
  expect(timers.running).toBe(0)
})

test('no headers in time is an unreachable backend', async () => {
  let asked = () => {}
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  await using backend = await startBackend(() => asked())
  const timers = new ManualTimers()
  const model = modelAt(backend.url, { timers, headersTimeoutMs: 30_000 })
  const answer = drain(model.stream(ask, never))
  await isAsked
  timers.advance(30_000)
  expect((await answer).error).toMatchObject({ failure: { code: 'unreachable' } })
  expect(backend.received.length).toBe(1)
  await model.close()
})

test('a name that does not resolve is an unreachable backend', async () => {
  const model = modelAt('http://nobody.invalid')
  expect((await drain(model.stream(ask, never))).error).toMatchObject({ failure: { code: 'unreachable' } })
  await model.close()
})

test('a server without TLS behind https is an unreachable backend', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(backend.url.replace('http:', 'https:'))
  expect((await drain(model.stream(ask, never))).error).toMatchObject({ failure: { code: 'unreachable' } })
  await model.close()
})

test('a server that does not speak HTTP is a bad stream', async () => {
  await using backend = await startBackend((_response, _request, socket) => void socket.end('220 mail.example.com ESMTP\r\n'))
  const model = modelAt(backend.url)
  expect((await drain(model.stream(ask, never))).error).toMatchObject({ failure: { code: 'bad_stream' } })
  await model.close()
})
