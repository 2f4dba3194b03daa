import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { expect, test } from 'vitest'
import { ask, eventStream, finish, modelAt, sse, startBackend, text } from './test-backend.ts'

test('text reaches the loop in the tick in which undici received its bytes', async () => {
  const turns: ('same' | 'later')[] = []
  let turn: 'same' | 'later' | 'none' = 'none'
  const onBytes = () => {
    turn = 'same'
    setImmediate(() => {
      turn = 'later'
    })
  }
  subscribe('undici:request:bodyChunkReceived', onBytes)

  let goOn = () => {}
  await using backend = await startBackend(async (response) => {
    response.writeHead(200, eventStream)
    response.flushHeaders()
    for (const token of ['a', 'b', 'c']) {
      const seen = new Promise<void>((resolve) => {
        goOn = resolve
      })
      response.write(sse(text(token)))
      await seen
    }
    response.end(sse(finish()) + sse('[DONE]'))
  })
  const model = modelAt(backend.url)
  for await (const batch of model.stream(ask, new AbortController().signal)) {
    if (!batch.some(({ type }) => type === 'text')) continue
    if (turn !== 'none') turns.push(turn)
    goOn()
  }
  unsubscribe('undici:request:bodyChunkReceived', onBytes)
  expect(turns).toEqual(['same', 'same', 'same'])
  await model.close()
})
