import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import type { MessageStore } from '#store/message-store.ts'
import { openStore } from '#store/open-store.ts'
import { createMessages } from './create-messages.ts'
import type { MessageChanged } from './messages.ts'

const log = pino({ level: 'silent' })
const ada = { sessionId: 's1', participantId: 'ada' }
const mara = { sessionId: 's1', participantId: 'mara' }

/** Two sessions on a real store, and a clock that only the test moves. */
async function opened() {
  const store = await openStore({ file: ':memory:', log })
  onTestFinished(() => store.close())
  for (const sessionId of ['s1', 's2']) {
    await store.createSession({
      session: { sessionId, name: sessionId, createdAt: 0, backendId: 'replay', model: 'm' },
      owner: { participantId: `owner of ${sessionId}`, visitId: 'v', name: 'Ada', role: 'owner', colour: 0 },
      files: [],
    })
  }
  const clock = { now: 1_000 }
  const messages = createMessages({ store, now: () => clock.now, log })
  const told: MessageChanged[] = []
  messages.onChanged((change) => told.push(change))
  return { store, clock, messages, told }
}

test('[CH6] A message is numbered, stored and told once, however often it is sent.', async () => {
  const { messages, told } = await opened()
  const first = await messages.send(ada, { messageId: 'm1', body: 'Hello' })
  expect(first).toEqual({ messageId: 'm1', number: 1, author: 'ada', body: 'Hello', createdAt: 1_000 })
  expect(await messages.send(ada, { messageId: 'm1', body: 'Hello' })).toEqual(first)
  expect((await messages.send(mara, { messageId: 'm2', body: 'Hi' })).number).toBe(2)
  expect((await messages.send({ ...ada, sessionId: 's2' }, { messageId: 'm3', body: 'There' })).number).toBe(1)
  expect(told.map(({ sessionId, message }) => [sessionId, message.messageId])).toEqual([
    ['s1', 'm1'],
    ['s1', 'm2'],
    ['s2', 'm3'],
  ])
})

test('[CH6] Messages that are sent at the same time have different numbers, and repeats among them are one.', async () => {
  const { messages, told } = await opened()
  const ids = ['a', 'b', 'c', 'a', 'b', 'd']
  const sent = await Promise.all(ids.map((messageId) => messages.send(ada, { messageId, body: messageId })))
  expect(sent.map(({ number }) => number)).toEqual([1, 2, 3, 1, 2, 4])
  expect(told).toHaveLength(4)
})

test('[CH6] An id of somebody else, or of another session, is refused and tells nothing of it.', async () => {
  const { messages, told } = await opened()
  await messages.send(ada, { messageId: 'm1', body: 'Hello' })
  const stolen = { messageId: 'm1', body: 'Mine' }
  await expect(messages.send(mara, stolen)).rejects.toMatchObject({ code: 'denied' })
  await expect(messages.send({ ...ada, sessionId: 's2' }, stolen)).rejects.toMatchObject({ code: 'denied' })
  expect((await messages.newest('s1')).messages.map(({ body }) => body)).toEqual(['Hello'])
  expect((await messages.newest('s2')).messages).toEqual([])
  expect(told).toHaveLength(1)
})

test('[CH7] Only its author edits a message, and everyone is told the whole of it.', async () => {
  const { messages, told, clock } = await opened()
  await messages.send(ada, { messageId: 'm1', body: 'Helo' })
  await expect(messages.edit(mara, { messageId: 'm1', body: 'No' })).rejects.toMatchObject({ code: 'denied' })
  await expect(messages.edit(ada, { messageId: 'm2', body: 'No' })).rejects.toMatchObject({ code: 'not_found' })
  await expect(messages.edit({ ...ada, sessionId: 's2' }, { messageId: 'm1', body: 'No' })).rejects.toMatchObject({
    code: 'not_found',
  })
  clock.now = 2_000
  const edited = { messageId: 'm1', number: 1, author: 'ada', body: 'Hello', createdAt: 1_000, editedAt: 2_000 }
  expect(await messages.edit(ada, { messageId: 'm1', body: 'Hello' })).toEqual(edited)
  // The same again, because its answer was lost.
  expect(await messages.edit(ada, { messageId: 'm1', body: 'Hello' })).toEqual(edited)
  expect(told.slice(1)).toEqual([{ sessionId: 's1', message: edited }])
  // A late repeat of the sending does not undo it.
  expect(await messages.send(ada, { messageId: 'm1', body: 'Helo' })).toEqual(edited)
})

test('[CH7] A deleted message keeps its place and not its text, and stays deleted.', async () => {
  const { messages, store, told } = await opened()
  await messages.send(ada, { messageId: 'm1', body: 'A secret' })
  const other = { ...mara, deletesAny: false }
  await expect(messages.remove(other, 'm1')).rejects.toMatchObject({ code: 'denied' })
  const deleted = { messageId: 'm1', number: 1, author: 'ada', body: '', createdAt: 1_000, deleted: true }
  expect(await messages.remove({ ...mara, deletesAny: true }, 'm1')).toEqual(deleted)
  expect(await messages.remove({ ...ada, deletesAny: false }, 'm1')).toEqual(deleted)
  await expect(messages.edit(ada, { messageId: 'm1', body: 'Again' })).rejects.toMatchObject({ code: 'not_found' })
  expect(await messages.send(ada, { messageId: 'm1', body: 'A secret' })).toEqual(deleted)
  expect(await store.message('s1', 'm1')).toEqual(deleted)
  expect(told).toHaveLength(2)
})

test('[CH7] Of an edit and a deletion at the same time the deletion wins.', async () => {
  const { messages, store } = await opened()
  await messages.send(ada, { messageId: 'm1', body: 'one' })
  await Promise.allSettled([
    messages.remove({ ...ada, deletesAny: false }, 'm1'),
    messages.edit(ada, { messageId: 'm1', body: 'two' }),
  ])
  expect(await store.message('s1', 'm1')).toMatchObject({ body: '', deleted: true })
})

test('[CH8] The newest come first, older ones page by page, none twice and none missing.', async () => {
  const { messages } = await opened()
  for (let sent = 1; sent <= 120; sent += 1) await messages.send(ada, { messageId: `m${sent}`, body: `${sent}` })
  const pages = [await messages.newest('s1')]
  for (let page = pages[0]; page?.hasOlder === true; page = pages[0]) {
    pages.unshift(await messages.older('s1', page.messages[0]?.number ?? 0))
  }
  expect(pages.map((page) => page.messages.length)).toEqual([20, 50, 50])
  expect(pages.flatMap((page) => page.messages).map(({ number }) => number)).toEqual(
    Array.from({ length: 120 }, (_, index) => index + 1),
  )
})

test('[CH8] A clock that goes back does not put a message before the last one.', async () => {
  const { messages, clock } = await opened()
  await messages.send(ada, { messageId: 'm1', body: 'one' })
  clock.now = 10
  expect((await messages.send(ada, { messageId: 'm2', body: 'two' })).createdAt).toBe(1_000)
})

test('A session holds only so many messages, however many are sent at once; one that is there is answered still.', async () => {
  const { store } = await opened()
  const small: MessageStore = { ...store, createMessage: (sessionId, message) => store.createMessage(sessionId, message, 2) }
  const messages = createMessages({ store: small, now: () => 0, log })
  const sent = ['m1', 'm2', 'm3', 'm4'].map((messageId) => messages.send(ada, { messageId, body: messageId }))
  const results = await Promise.allSettled(sent)
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value.number : result.reason.code))).toEqual([
    1,
    2,
    'limit_reached',
    'limit_reached',
  ])
  expect(await messages.send(ada, { messageId: 'm1', body: 'm1' })).toMatchObject({ number: 1 })
})

test('Messages go with their session.', async () => {
  const { messages, store } = await opened()
  await messages.send(ada, { messageId: 'm1', body: 'one' })
  await store.deleteSession('s1')
  expect(await store.message('s1', 'm1')).toBeUndefined()
})
