import { expect, test } from 'vitest'
import { failing } from './failing-answer.ts'
import {
  type Answer,
  ask,
  drain,
  eventStream,
  finish,
  ManualTimers,
  modelAt,
  sse,
  startBackend,
  streams,
  text,
} from './test-backend.ts'

const never = new AbortController().signal
const requestId = 'chatcmpl-1'

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

test('an event loop that was held up is no stall: the bytes that came meanwhile are read first', async () => {
  let sendRest = () => {}
  await using backend = await startBackend((response) => {
    response.writeHead(200, eventStream)
    response.write(sse(text('a')))
    sendRest = () => void response.end(sse(text('b')) + sse(finish()) + sse('[DONE]'))
  })
  const model = modelAt(backend.url, { idleTimeoutMs: 20 })
  const texts: string[] = []
  for await (const batch of model.stream(ask, never)) {
    for (const event of batch) if (event.type === 'text') texts.push(event.text)
    if (texts.length === 1) {
      sendRest()
      const until = performance.now() + 40
      while (performance.now() < until) continue
    }
  }
  expect(texts).toEqual(['a', 'b'])
  await model.close()
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
