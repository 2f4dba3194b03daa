import { expect, test } from 'vitest'
import type { Result } from '#protocol/failures.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { manualFrames } from './testing/manual-time.ts'
import { hunk } from './testing/small-hunk.ts'
import { eventually, online, openDocument, server, status, tab } from './testing/tab.ts'

test('joins over WebSocket and folds the snapshot before it says online', async () => {
  const { url, names } = await server()
  const client = tab(url)
  await online(client)
  expect(client.store.read()).toMatchObject({
    connection: { status: 'online', transport: 'websocket' },
    loaded: true,
    session: { name: 'snake' },
  })
  expect(names()).toEqual(['session.join'])
})

test('a join that is denied is a refusal: said with its reason, not tried again', async () => {
  const small = await server()
  small.scripted.push({ name: 'session.join', answer: { ok: false, error: { code: 'not_found' } } })
  const client = tab(small.url)
  await eventually(() => expect(client.store.read().connection).toMatchObject({ status: 'refused', reason: 'not_found' }))
  expect(small.names()).toEqual(['session.join'])
})

test('a middleware error, a refused handshake and a disconnect by the server are refusals', async () => {
  const small = await server()
  small.middleware = (_socket, next) => next(Object.assign(new Error('no'), { data: { code: 'denied' } }))
  const first = tab(small.url)
  await eventually(() => expect(first.store.read().connection).toMatchObject({ status: 'refused', reason: 'denied' }))

  small.middleware = undefined
  const second = tab(small.url)
  await online(second)
  small.io.disconnectSockets()
  await eventually(() =>
    expect(second.store.read().connection).toMatchObject({ status: 'refused', reason: 'closed_by_server' }),
  )

  small.admits = false
  const third = tab(small.url)
  await eventually(() => expect(third.store.read().connection).toMatchObject({ status: 'refused', reason: 'denied' }))
})

test('a refused tab connects again when the person asks', async () => {
  const small = await server()
  small.scripted.push({ name: 'session.join', answer: { ok: false, error: { code: 'denied' } } })
  const client = tab(small.url)
  await eventually(() => expect(status(client)).toBe('refused'))
  client.actions.reconnect()
  await online(client)
})

test('a command without a connection answers unavailable', async () => {
  const client = tab('http://127.0.0.1:1')
  expect(await client.actions.stopTurn('t1')).toEqual({ ok: false, error: { code: 'unavailable' } })
})

test('text and hunk of one row appear in one frame and one notification', async () => {
  const small = await server()
  const frames = manualFrames()
  const client = tab(small.url, frames)
  await online(client)
  const document = await openDocument(client, 'f1')
  const seen: unknown[] = []
  client.store.subscribe(() => seen.push([Object.keys(client.store.read().hunks), document.text.toString()]))
  small.write('f1', (text) => text.insert(0, 'a'), { hunkEvents: [{ type: 'opened', hunk }] })
  small.write('f1', (text) => text.insert(1, 'b'))
  small.tell('turn.status', { turnId: 't1', status: 'streaming' })
  small.scripted.push({ name: 'turn.stop', answer: { ok: true, value: {} } })
  await client.actions.stopTurn('t1') // answered after the events above
  expect([seen, document.text.toString()]).toEqual([[], ''])
  frames.run()
  expect(seen).toEqual([[['h1'], 'ab']])
})

test('a gap in a turn log makes the tab join again, from the cursor on', async () => {
  const small = await server()
  const turn = {
    turnId: 't1',
    number: 1,
    askedBy: 'mara',
    kind: 'chat' as const,
    prompt: 'p',
    references: [],
    status: 'streaming',
    backend: { backendId: 'replay', name: 'Replay', kind: 'recorded', model: 'recorded' },
    startedAt: 0,
    text: 'abc',
    reasoning: '',
    marks: [],
  } as const
  small.snapshot = { ...small.snapshot, turns: [{ ...turn, references: [], marks: [] }] }
  const client = tab(small.url)
  await online(client)
  small.snapshot = { ...small.snapshot, turns: [{ ...turn, text: '', references: [], marks: [] }] }
  const rest = { turnId: 't1', reasoningAt: 0, reasoning: '', marksAt: 0, marks: [], elapsedMs: 1, head: 5 }
  small.tell('turn.delta', { ...rest, at: 4, text: 'e' })
  await eventually(() =>
    expect(small.received.filter(({ name }) => name === 'session.join').map(({ payload }) => payload)).toEqual([
      { sessionId: 's1', cursors: [] },
      { sessionId: 's1', cursors: [{ turnId: 't1', text: 3, reasoning: 0, marks: 0 }] },
    ]),
  )
  await online(client)
  small.tell('turn.delta', { ...rest, at: 3, text: 'de' })
  await eventually(() => expect(client.turnLogs.of('t1').read()).toBe('abcde'))
})

test('a turn whose end a restart of the server has lost is cut back to what is stored', async () => {
  const small = await server()
  const turn = {
    turnId: 't1',
    number: 1,
    askedBy: 'mara',
    kind: 'chat' as const,
    prompt: 'p',
    references: [],
    status: 'streaming' as const,
    backend: { backendId: 'replay', name: 'Replay', kind: 'recorded' as const, model: 'recorded' },
    startedAt: 0,
    text: 'abcdef',
    reasoning: '',
    marks: [],
  }
  small.snapshot = { ...small.snapshot, turns: [turn] }
  const client = tab(small.url)
  await online(client)
  small.snapshot = { ...small.snapshot, turns: [{ ...turn, status: 'ended', reason: 'interrupted', text: '' }] }
  small.cut()
  await eventually(() => expect(small.names()).toEqual(['session.join', 'session.join']))
  await online(client)
  const empty = { turnId: 't1', text: '', reasoningAt: 0, reasoning: '', marksAt: 0, marks: [], elapsedMs: 1 }
  small.tell('turn.delta', { ...empty, at: 4, head: 4 })
  await eventually(() => expect(client.turnLogs.of('t1').read()).toBe('abcd'))
})

test('a restarting server is waited for, not taken for a refusal', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  small.tell('server.restarting', { retryMs: 20 })
  small.io.disconnectSockets()
  await eventually(() => expect(small.names()).toEqual(['session.join', 'session.join']))
  await online(client)
})

test('a deleted session is a refusal of its own', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  small.tell('session.deleted', {})
  await eventually(() => expect(client.store.read().connection).toMatchObject({ status: 'refused', reason: 'session_deleted' }))
})

test('who creates a file finds it in the state at once', async () => {
  const small = await server()
  const client = tab(small.url, manualFrames())
  await online(client)
  const node = { fileId: 'f5', path: 'a.ts', kind: 'text', lineEnding: 'lf', bytes: 0 } as const
  small.scripted.push({ name: 'file.create', answer: { ok: true, value: { version: 1, changed: [node], removed: [] } } })
  await client.actions.createFile('a.ts')
  expect(client.store.read().files).toContainEqual(node)
})

test('[C4] what happens while a snapshot is on its way is not lost when the snapshot is older, on a rejoin neither', async () => {
  const small = await server()
  const made = (fileId: string): FileNode => ({ fileId, path: `${fileId}.ts`, kind: 'text', lineEnding: 'lf', bytes: 0 })
  const files = () => client.store.read().files.map(({ fileId }) => fileId)
  const lateJoin = () => {
    const { snapshot } = small
    let answer = () => {}
    const late = new Promise<Result<unknown>>((resolve) => (answer = () => resolve({ ok: true, value: snapshot })))
    small.scripted.push({ name: 'session.join', answer: late })
    return answer
  }

  const firstAnswer = lateJoin()
  const client = tab(small.url)
  await eventually(() => expect(small.names()).toEqual(['session.join']))
  small.tell('tree.changed', { version: 1, changed: [made('made-early')], removed: ['f9'] })
  await eventually(() => expect(files()).toEqual(['made-early']))
  firstAnswer()
  await online(client)
  expect(files()).toEqual(['f1', 'f2', 'made-early'])

  const secondAnswer = lateJoin()
  const missed = { at: 5, text: '', reasoningAt: 0, reasoning: '', marksAt: 0, marks: [], elapsedMs: 1, head: 5 }
  small.tell('turn.delta', { turnId: 't1', ...missed })
  await eventually(() => expect(small.names()).toEqual(['session.join', 'session.join']))
  const document = await openDocument(client, 'made-early')
  small.tell('tree.changed', { version: 2, changed: [made('made-late'), made('made-early')], removed: ['f2'] })
  await eventually(() => expect(files()).toContain('made-late'))
  secondAnswer()
  await eventually(() => expect(files()).toContain('f9'))
  expect(files()).toEqual(['f1', 'f9', 'made-early', 'made-late'])
  expect(client.documents.get('made-early')).toBe(document)
})
