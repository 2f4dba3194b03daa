import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { documentHash } from '#protocol/document-hash.ts'
import type { Result } from '#protocol/failures.ts'
import { hunk } from './testing/small-hunk.ts'
import { eventually, online, openDocument, server, status, tab } from './testing/tab.ts'

test('a document takes its client id from the server before history and pushes what is typed', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'hello'))
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  expect([document.doc.clientID, document.text.toString()]).toEqual([1_000, 'hello'])
  document.text.insert(5, ' world')
  expect(client.store.read().saving.pending).toBe(1)
  await eventually(() => expect(small.text('f1')).toBe('hello world'))
  await eventually(() => expect(client.store.read().saving.pending).toBe(0))
})

test('edits of one moment travel as one push', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  for (const letter of 'abc') document.text.insert(document.text.length, letter)
  expect(client.store.read().saving.pending).toBe(3)
  await eventually(() => expect(client.store.read().saving.pending).toBe(0))
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
  await eventually(() => expect(client.store.read().saving.pending).toBe(0))
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
    { fileId: 'f1', clientId: 1_000, epoch: 0, stateVector: expect.any(Uint8Array) as Uint8Array },
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

test('a refused push makes the document read-only, says why, and keeps counting as unsaved until it is read anew, and as set aside then', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: { ok: false, error: { code: 'forbidden_content' } } })
  document.text.insert(0, 'no')
  await eventually(() => expect(document.status).toEqual({ state: 'refused', reason: 'forbidden_content' }))
  expect(client.store.read().saving).toMatchObject({ pending: 1, refused: 1 })
  await client.edits.readAnew(document)
  expect([client.documents.get('f1')?.text.toString(), client.store.read().saving]).toMatchObject([
    '',
    { pending: 0, refused: 0, aside: 1 },
  ])
  expect(client.edits.copies.list).toMatchObject([{ path: 'f1.ts', why: 'refused', edits: 1, text: 'no', stored: '' }])
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

test('[D5] missing rows are asked for, and what came behind them is applied after them', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.hunks = [{ ...hunk, state: 'accepted' }]
  small.mute(() => small.write('f1', (text) => text.insert(0, 'never told, ')))
  small.write('f1', (text) => text.insert(text.length, 'then a gap'))
  await eventually(() => expect(document.text.toString()).toBe('never told, then a gap'))
  expect(small.names()).toEqual(['session.join', 'document.open', 'document.rows'])
  expect(client.store.read().hunks).toEqual({ h1: { ...hunk, state: 'accepted' } })
  small.write('f1', (text) => text.insert(text.length, '.'))
  await eventually(() => expect(document.text.toString()).toBe('never told, then a gap.'))
})

test('[D5] a gap whose rows are not kept any more makes the tab open the document again, and read its hunks', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.rows', answer: { ok: true, value: { compacted: true, headSeq: 2 } } })
  small.hunks = [{ ...hunk, state: 'accepted' }]
  small.mute(() => small.write('f1', (text) => text.insert(0, 'never told, ')))
  small.write('f1', (text) => text.insert(text.length, 'then a gap'))
  await eventually(() => expect(document.text.toString()).toBe('never told, then a gap'))
  await eventually(() => expect(client.store.read().hunks).toEqual({ h1: { ...hunk, state: 'accepted' } }))
  expect(small.names()).toEqual(['session.join', 'document.open', 'document.rows', 'document.open', 'document.rows'])
})

test('a document whose opening was under way when the connection was lost is opened once more', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  small.write('f1', (text) => text.insert(0, 'one '))
  await eventually(() => expect(client.documents.get('f1')?.text.toString()).toBe('one '))
  const empty = Y.encodeStateAsUpdate(new Y.Doc())
  let answerLate = () => {}
  const late = new Promise<Result<unknown>>((resolve) => {
    answerLate = () => resolve({ ok: true, value: { fileId: 'f2', clientId: 77, seq: 0, epoch: 0, update: empty } })
  })
  small.scripted.push({ name: 'document.open', answer: late })
  const document = client.documents.open('f2')
  await eventually(() => expect(small.names().filter((name) => name === 'document.open')).toHaveLength(2))
  // Rejoined over the same connection meanwhile, say: what the first answer holds may be older than that.
  small.mute(() => small.write('f2', (text) => text.insert(0, 'two')))
  client.documents.reopenAll()
  answerLate()
  await eventually(() => expect([document.status, document.text.toString()]).toEqual([{ state: 'open' }, 'two']))
})

test('what a tab has acknowledged before its row has come is no difference', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  const { text } = document
  const hash = documentHash('', Y.encodeStateVector(new Y.Doc()))
  small.scripted.push({ name: 'document.push', answer: { ok: true, value: { seq: 1 } } })
  text.insert(0, 'acknowledged')
  await eventually(() => expect(document.pending).toBe(0))
  small.tell('document.head', { fileId: 'f1', seq: 0, hash })
  small.write('f2', (other) => other.insert(0, 'told after it'))
  await eventually(() => expect(client.documents.get('f2')?.text.toString()).toBe('told after it'))
  expect(small.names()).not.toContain('document.mismatch')
  expect(client.documents.get('f1')).toBe(document)
})

test('a document that is another than the server says, at the same row and with nothing on its way, is told and read anew', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.write('f1', (text) => text.insert(0, 'the same'))
  await eventually(() => expect(document.text.toString()).toBe('the same'))
  const hash = documentHash('the same', Y.encodeStateVector(document.doc))
  const another = documentHash('another', Y.encodeStateVector(document.doc))
  small.tell('document.head', { fileId: 'f1', seq: 1, hash })
  small.tell('document.head', { fileId: 'f1', seq: 2, hash: another })
  small.tell('document.head', { fileId: 'f1', seq: 1, hash: another })
  await eventually(() => expect(client.documents.get('f1')?.status).toEqual({ state: 'open' }))
  await eventually(() => expect(small.names()).toEqual(['session.join', 'document.open', 'document.mismatch', 'document.open']))
  expect(small.received.at(-2)?.payload).toEqual({ fileId: 'f1', seq: 1, hash })
  expect(client.documents.get('f1')).not.toBe(document)
})

test('[D5] a range of rows that overlaps what this tab has is applied once, and leaves no gap behind', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  const rows = ['one', ' two', ' three'].map((word) => small.write('f1', (text) => text.insert(text.length, word)))
  await eventually(() => expect(document.text.toString()).toBe('one two three'))
  const update = Y.mergeUpdates(rows.flatMap((row) => row.update ?? []))
  small.tell('document.updated', { fileId: 'f1', afterSeq: 1, seq: 3, update })
  small.write('f1', (text) => text.insert(text.length, ' four'))
  await eventually(() => expect(document.text.toString()).toBe('one two three four'))
  expect(small.names().filter((name) => name === 'session.join')).toHaveLength(1)
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
