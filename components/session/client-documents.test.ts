import { expect, test } from 'vitest'
import { eventually, online, openDocument, server, status, tab } from './testing/tab.ts'

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

test('a missing row is noticed and read', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.rows('f1').push({ fileId: 'f1', seq: 1 }) // committed, but never told
  small.write('f1', (text) => text.insert(0, 'after the gap'))
  await eventually(() => expect(small.names().filter((name) => name === 'session.join')).toHaveLength(2))
  await eventually(() => expect(document.text.toString()).toBe('after the gap'))
})

test('edits of a file that went away while this tab was offline are told, not kept waiting for ever', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  const dropped: unknown[] = []
  client.documents.onDropped((told) => dropped.push(told))
  small.snapshot = { ...small.snapshot, files: [] }
  small.cut()
  await eventually(() => expect(status(client)).toBe('offline'))
  document.text.insert(0, 'not stored')
  await online(client)
  expect([dropped, client.store.read().saving, client.documents.get('f1')]).toEqual([
    [{ fileId: 'f1', text: 'not stored' }],
    { pending: 0 },
    undefined,
  ])
})

test('listeners are told of a document that is added, has another status, and is let go of', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const { documents } = client
  const seen: (string | undefined)[] = []
  documents.subscribe(() => seen.push(documents.get('f1')?.status.state))
  const document = await openDocument(client, 'f1')
  expect(seen).toEqual(['opening', 'open'])
  expect([...documents.opened]).toEqual([['f1', document]])
  documents.remove('f1')
  expect(seen).toEqual(['opening', 'open', undefined])
  expect(documents.opened.size).toBe(0)
})
