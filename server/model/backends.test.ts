import { expect, test, vi } from 'vitest'
import { createBackends } from './backends.ts'
import {
  ask,
  drain,
  eventStream,
  finish,
  listeningLog,
  ManualTimers,
  quiet,
  sse,
  startBackend,
  streams,
  text,
  type Answer,
} from './wire/test-backend.ts'

const lists =
  (...ids: string[]): Answer =>
  (response, { path }) => {
    if (path === '/v1/models') response.end(JSON.stringify({ data: ids.map((id) => ({ id })) }))
    else response.end('{}')
  }

test('without a key there is only the replay backend, and a session starts with it', async () => {
  await using recorded = await startBackend(lists('gpt-oss-120b'))
  const backends = createBackends({ replay: { baseUrl: recorded.url }, log: quiet })
  expect([...backends.values()].map(({ info, defaultModel }) => ({ info, defaultModel }))).toEqual([
    { info: { backendId: 'replay', name: 'Replay', kind: 'recorded', models: ['gpt-oss-120b'] }, defaultModel: 'gpt-oss-120b' },
  ])
  expect(backends.preferred()).toEqual({ backendId: 'replay', model: 'gpt-oss-120b' })
  await backends.close()
})

test('with a key Cerebras comes first and shows what it serves, the configured models before the others', async () => {
  await using live = await startBackend(lists('zai-glm-4.7', 'qwen-3.8-27b', 'gpt-oss-120b'))
  await using recorded = await startBackend(lists('gpt-oss-120b'))
  const backends = createBackends({
    cerebras: { apiKey: 'csk-secret', baseUrl: live.url, models: ['qwen-3.8-27b', 'gone'] },
    replay: { baseUrl: recorded.url },
    log: quiet,
  })
  expect([...backends.keys()]).toEqual(['cerebras', 'replay'])
  await vi.waitFor(() =>
    expect(backends.get('cerebras')?.info).toEqual({
      backendId: 'cerebras',
      name: 'Cerebras',
      kind: 'live',
      models: ['qwen-3.8-27b', 'zai-glm-4.7', 'gpt-oss-120b'],
    }),
  )
  expect(backends.preferred()).toEqual({ backendId: 'cerebras', model: 'qwen-3.8-27b' })
  expect(live.received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
    ['/v1/tcp_warming', 'Bearer csk-secret'],
    ['/v1/tcp_warming', 'Bearer csk-secret'],
    ['/v1/models', 'Bearer csk-secret'],
  ])
  expect(live.connections).toBe(2)
  await backends.close()
})

test('while the list cannot be had the configured models stand, and it is asked for again', async () => {
  const refuse: Answer = (response) => void response.writeHead(503).end()
  await using live = await startBackend(refuse, refuse, refuse, lists('gemma-4-31b'))
  await using recorded = await startBackend(lists())
  const timers = new ManualTimers()
  const log = listeningLog()
  const backends = createBackends({
    cerebras: { apiKey: 'csk-secret', baseUrl: live.url },
    replay: { baseUrl: recorded.url },
    log,
    timers,
  })
  await vi.waitFor(() => expect(log.lines.map(([, , message]) => message)).toContain('list of models could not be fetched'))
  expect(backends.get('cerebras')?.info.models).toEqual(['gpt-oss-120b', 'qwen-3.8-27b'])
  expect(JSON.stringify(log.lines)).not.toContain('csk-secret')

  timers.advance(30_000)
  await vi.waitFor(() => expect(backends.get('cerebras')?.info.models).toEqual(['gemma-4-31b']))
  await backends.close()
  expect(timers.running).toBe(0)
})

test('a backend answers through its model', async () => {
  await using recorded = await startBackend(lists(), lists(), lists(), streams(text('a'), finish(), '[DONE]'))
  const backends = createBackends({ replay: { baseUrl: recorded.url }, log: quiet })
  const backend = backends.get('replay')
  await vi.waitFor(() => expect(recorded.received.length).toBe(3))
  const { batches } = await drain(
    backend?.model.stream({ ...ask, sampleId: 'snake' }, new AbortController().signal) ?? (async function* () {})(),
  )
  expect(batches.flat().at(-1)).toEqual({ type: 'end', finishReason: 'stop' })
  expect(recorded.received.at(-1)?.headers).toMatchObject({ 'x-flint-sample': 'snake', authorization: 'Bearer replay' })
  await backends.close()
})

test('a backend may be silent inside an answer for as long as it is allowed to', async () => {
  const silent: Answer = (response) => void response.writeHead(200, eventStream).write(sse(text('a')))
  await using recorded = await startBackend(lists(), lists(), lists(), silent)
  const timers = new ManualTimers()
  const backends = createBackends({ replay: { baseUrl: recorded.url }, idleTimeoutMs: 700, log: quiet, timers })
  await vi.waitFor(() => expect(recorded.received.length).toBe(3))
  const answer = backends.get('replay')?.model.stream(ask, new AbortController().signal)[Symbol.asyncIterator]()
  expect((await answer?.next())?.value?.at(-1)).toEqual({ type: 'text', text: 'a' })
  const next = answer?.next()
  timers.advance(700)
  await expect(next).rejects.toMatchObject({ failure: { code: 'stalled' } })
  await backends.close()
})
