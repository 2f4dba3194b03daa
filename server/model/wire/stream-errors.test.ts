import { expect, test } from 'vitest'
import { failing } from './failing-answer.ts'
import {
  type Answer,
  ask,
  chunk,
  drain,
  eventStream,
  finish,
  modelAt,
  sse,
  startBackend,
  streams,
  text,
} from './test-backend.ts'

const never = new AbortController().signal
const requestId = 'chatcmpl-1'
const tokens = { message: 'wording', type: 'too_many_tokens_error', param: 'quota', code: 'token_quota_exceeded' }
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

test.each(['length', 'content_filter', 'tool_calls'])('finish_reason %s is an end, not a failure', async (reason) => {
  await using backend = await startBackend(streams(text('a'), finish(reason), '[DONE]'))
  const model = modelAt(backend.url)
  expect((await drain(model.stream(ask, never))).batches.flat().at(-1)).toEqual({
    type: 'end',
    finishReason: reason === 'tool_calls' ? 'other' : reason,
  })
  await model.close()
})
