import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { getEventListeners, once } from 'node:events'
import type { Socket } from 'node:net'
import { expect, test } from 'vitest'
import type { Model, ModelEvent } from '../model.ts'
import {
  ask,
  drain,
  eventStream,
  finish,
  ManualTimers,
  modelAt,
  refuses,
  sse,
  startBackend,
  streams,
  text,
} from './test-backend.ts'

/** A backend that streams one token and then waits; `closed` resolves when it sees the connection close. */
async function startEndless() {
  let onClosed = () => {}
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve
  })
  const backend = await startBackend((response) => {
    response.on('close', onClosed)
    response.writeHead(200, eventStream)
    response.write(sse(text('a')))
  })
  return { backend, closed }
}

async function firstBatch(model: Model, signal: AbortSignal) {
  const answer = model.stream(ask, signal)[Symbol.asyncIterator]()
  const first = await answer.next()
  return { answer, first: first.value as readonly ModelEvent[] }
}

/** The client's own end of the connection that undici opens next. */
function connectionOfNextClient(): { readonly destroyed: boolean } {
  let opened: Socket | undefined
  const onConnected = (message: unknown) => {
    opened = (message as { socket: Socket }).socket
    unsubscribe('undici:client:connected', onConnected)
  }
  subscribe('undici:client:connected', onConnected)
  return {
    get destroyed() {
      return opened?.destroyed === true
    },
  }
}

test('abort closes the connection in the same tick and ends the answer silently', async () => {
  const { backend, closed } = await startEndless()
  await using _ = backend
  const timers = new ManualTimers()
  const connection = connectionOfNextClient()
  const model = modelAt(backend.url, { timers })
  const abort = new AbortController()
  const { answer, first } = await firstBatch(model, abort.signal)
  expect(first.at(-1)).toEqual({ type: 'text', text: 'a' })

  const next = answer.next()
  abort.abort()
  expect(connection.destroyed).toBe(true)
  expect(await next).toEqual({ value: undefined, done: true })
  await closed
  expect(getEventListeners(abort.signal, 'abort')).toEqual([])
  await model.close()
  expect(timers.running).toBe(0)
})

test('leaving the loop early aborts too', async () => {
  const { backend, closed } = await startEndless()
  await using _ = backend
  const model = modelAt(backend.url)
  const abort = new AbortController()
  for await (const batch of model.stream(ask, abort.signal)) if (batch.some(({ type }) => type === 'text')) break
  await closed
  expect(getEventListeners(abort.signal, 'abort')).toEqual([])
  await model.close()
})

test('an aborted signal sends nothing', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(backend.url)
  expect(await drain(model.stream(ask, AbortSignal.abort()))).toEqual({ batches: [], error: null })
  expect(backend.received).toEqual([])
  await model.close()
})

test('an answer that nobody reads is never asked for', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(backend.url)
  model.stream(ask, new AbortController().signal)
  await model.warm()
  expect(new Set(backend.received.map(({ path }) => path))).toEqual(new Set(['/v1/tcp_warming']))
  await model.close()
})

test('abort while the connection is being opened sends nothing', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(backend.url)
  const abort = new AbortController()
  const answer = drain(model.stream(ask, abort.signal))
  await Promise.resolve()
  abort.abort()
  expect(await answer).toEqual({ batches: [], error: null })
  await model.warm()
  expect(new Set(backend.received.map(({ path }) => path))).toEqual(new Set(['/v1/tcp_warming']))
  await model.close()
})

test('abort while a long prompt is being compressed sends nothing', async () => {
  await using backend = await startBackend(streams(finish(), '[DONE]'))
  const model = modelAt(backend.url)
  const abort = new AbortController()
  const answer = drain(model.stream({ ...ask, messages: [{ role: 'user', content: 'x'.repeat(100_000) }] }, abort.signal))
  abort.abort()
  expect(await answer).toEqual({ batches: [], error: null })
  await model.warm()
  expect(new Set(backend.received.map(({ path }) => path))).toEqual(new Set(['/v1/tcp_warming']))
  await model.close()
})

test('abort while waiting for the headers ends the request', async () => {
  let asked = () => {}
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve
  })
  await using backend = await startBackend(() => asked())
  const model = modelAt(backend.url)
  const abort = new AbortController()
  const answer = drain(model.stream(ask, abort.signal))
  await isAsked
  const [socket] = backend.sockets
  const closed = socket === undefined ? undefined : once(socket, 'close')
  abort.abort()
  expect(await answer).toEqual({ batches: [], error: null })
  await closed
  await model.close()
})

test('abort during the pause before a retry ends the pause at once', async () => {
  await using backend = await startBackend(refuses(503, '', { 'retry-after': '2' }), streams(finish(), '[DONE]'))
  const timers = new ManualTimers()
  let paused = () => {}
  const isPaused = new Promise<void>((resolve) => {
    paused = resolve
  })
  const model = modelAt(backend.url, { timers, log: { info() {}, warn: () => paused(), error() {} } })
  const abort = new AbortController()
  const answer = drain(model.stream(ask, abort.signal))
  await isPaused
  abort.abort()
  expect(await answer).toEqual({ batches: [], error: null })
  expect(backend.received.length).toBe(1)
  await model.close()
  expect(timers.running).toBe(0)
})

test('an answer that ends by itself leaves no listener and no timer behind', async () => {
  await using backend = await startBackend(streams(text('a'), finish(), '[DONE]'))
  const timers = new ManualTimers()
  const model = modelAt(backend.url, { timers })
  const abort = new AbortController()
  await drain(model.stream(ask, abort.signal))
  await model.close()
  expect(getEventListeners(abort.signal, 'abort')).toEqual([])
  expect(timers.running).toBe(0)
  abort.abort()
})

test('a response that goes on after [DONE] is cut off once it has been silent for too long', async () => {
  let onClosed = () => {}
  const closed = new Promise<void>((resolve) => {
    onClosed = resolve
  })
  await using backend = await startBackend((response) => {
    response.on('close', onClosed)
    response.writeHead(200, eventStream)
    response.write(sse(text('a')) + sse(finish()) + sse('[DONE]'))
  })
  const timers = new ManualTimers()
  const model = modelAt(backend.url, { timers, idleTimeoutMs: 5_000 })
  expect((await drain(model.stream(ask, new AbortController().signal))).error).toBeNull()
  timers.advance(5_000)
  await closed
  await model.close()
})

test('closing the model ends a running answer', async () => {
  const { backend } = await startEndless()
  await using _ = backend
  const model = modelAt(backend.url)
  const { answer } = await firstBatch(model, new AbortController().signal)
  const next = answer.next()
  await model.close()
  await expect(next).rejects.toMatchObject({ failure: { code: 'stream_lost' } })
})
