import { afterEach, expect, test, vi } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import { systemClock } from './clock.ts'
import type { FrameScheduler } from './frame-scheduler.ts'
import { SessionClient } from './session-client.ts'
import { smallServer } from './testing/small-server.ts'
import { manualFrames } from './testing/manual-time.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const immediateFrames: FrameScheduler = {
  request(work) {
    let due = true
    queueMicrotask(() => due && work())
    return () => (due = false)
  },
}

async function server() {
  const started = await smallServer()
  closers.push(() => started.close())
  return started
}

let ids = 0
function tab(url: string, frames: FrameScheduler = immediateFrames) {
  const client = new SessionClient({ sessionId: 's1', url, clock: systemClock, frames, newId: () => `push-${(ids += 1)}` })
  closers.push(() => client.close())
  client.open()
  return client
}

const status = (client: SessionClient) => client.store.read().connection.status
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 })
const online = (client: SessionClient) => eventually(() => expect(status(client)).toBe('online'))

async function openDocument(client: SessionClient, fileId: string) {
  const document = client.documents.open(fileId)
  await eventually(() => expect(document.status).toEqual({ state: 'open' }))
  return document
}

const hunk: Hunk = {
  hunkId: 'h1',
  turnId: 't1',
  block: 0,
  fileId: 'f1',
  path: 'src/game.ts',
  kind: 'edit',
  state: 'settled',
  baseText: '',
  addedLines: 1,
  deletedLines: 0,
}

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
  const client = new SessionClient({
    sessionId: 's1',
    url: 'http://127.0.0.1:1',
    clock: systemClock,
    frames: immediateFrames,
    newId: () => 'p',
  })
  expect(await client.actions.stopTurn('t1')).toEqual({ ok: false, error: { code: 'unavailable' } })
})

test('a document takes its client id from the server before history and pushes what is typed', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'hello'))
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  expect([document.doc.clientID, document.text.toString()]).toEqual([1_000, 'hello'])
  document.text.insert(5, ' world')
  expect(client.store.read().saving).toEqual({ pending: 1 })
  await eventually(() => expect(small.text('f1')).toBe('hello world'))
  await eventually(() => expect(client.store.read().saving).toEqual({ pending: 0 }))
})

test('edits of one moment travel as one push', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  for (const letter of 'abc') document.text.insert(document.text.length, letter)
  expect(client.store.read().saving).toEqual({ pending: 3 })
  await eventually(() => expect(client.store.read().saving).toEqual({ pending: 0 }))
  expect([small.text('f1'), small.rows('f1').length]).toEqual(['abc', 1])
})

test('edits made while the connection is cut are sent with their old push id and arrive once', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: 'silent' })
  document.text.insert(0, 'one ')
  await eventually(() => expect(small.names()).toContain('document.push'))
  small.cut()
  await eventually(() => expect(status(client)).toBe('offline'))
  document.text.insert(4, 'two')
  await online(client)
  await eventually(() => expect(client.store.read().saving).toEqual({ pending: 0 }))
  expect(small.text('f1')).toBe('one two')
  const pushes = small.received
    .filter(({ name }) => name === 'document.push')
    .map(({ payload }) => payload as { pushId: string })
  expect(pushes[1]?.pushId).toBe(pushes[0]?.pushId)
})

test('a document reopens with the id and the state vector that it has', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  document.text.insert(0, 'mine')
  await eventually(() => expect(client.store.read().saving.pending).toBe(0))
  small.cut()
  await eventually(() => expect(status(client)).toBe('offline'))
  small.write('f1', (text) => text.insert(0, 'theirs '))
  await online(client)
  await eventually(() => expect(document.text.toString()).toBe('theirs mine'))
  const opens = small.received.filter(({ name }) => name === 'document.open').map(({ payload }) => payload)
  expect(opens).toEqual([
    { fileId: 'f1' },
    { fileId: 'f1', clientId: 1_000, stateVector: expect.any(Uint8Array) as Uint8Array },
  ])
})

test('a resync answer makes one push of everything that the server lacks', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: { ok: false, error: { code: 'resync' } } })
  document.text.insert(0, 'kept')
  await eventually(() => expect(client.store.read().saving.pending).toBe(0))
  expect([small.text('f1'), document.status]).toEqual(['kept', { state: 'open' }])
})

test('a refused push makes the document read-only, says why, and keeps counting as unsaved until it is discarded', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: { ok: false, error: { code: 'forbidden_content' } } })
  document.text.insert(0, 'no')
  await eventually(() => expect(document.status).toEqual({ state: 'refused', reason: 'forbidden_content' }))
  expect(client.store.read().saving).toEqual({ pending: 1 })
  const fresh = client.documents.discard('f1')
  await eventually(() => expect(fresh.status).toEqual({ state: 'open' }))
  expect([fresh.text.toString(), client.store.read().saving]).toEqual(['', { pending: 0 }])
})

test('a push that cannot be stored now is sent again', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: { ok: false, error: { code: 'rate_limited', retryAfterMs: 5 } } })
  document.text.insert(0, 'later')
  await eventually(() => expect(small.text('f1')).toBe('later'))
})

test('a row of a file that this tab has not opened opens it', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  small.write('f9', (text) => text.insert(0, 'from the assistant'))
  await eventually(() => expect(client.documents.get('f9')?.text.toString()).toBe('from the assistant'))
  small.write('f9', (text) => text.insert(0, 'more '))
  await eventually(() => expect(client.documents.get('f9')?.text.toString()).toBe('more from the assistant'))
})

test('a missing row is noticed and read after a new connection', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.rows('f1').push({ fileId: 'f1', seq: 1 }) // committed, but never told
  small.write('f1', (text) => text.insert(0, 'after the gap'))
  await eventually(() => expect(small.names().filter((name) => name === 'session.join')).toHaveLength(2))
  await online(client)
  expect(document.text.toString()).toBe('after the gap')
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

test('a gap in a turn log makes a new connection that goes on from the cursor', async () => {
  const small = await server()
  const turn = {
    turnId: 't1',
    number: 1,
    askedBy: 'mara',
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
  small.scripted.push({ name: 'file.create', answer: { ok: true, value: node } })
  await client.actions.createFile('a.ts')
  expect(client.store.read().files).toEqual([node])
})
