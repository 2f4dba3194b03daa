import { expect, test, vi } from 'vitest'
import { limits } from '#protocol/limits.ts'
import type { Message } from '#protocol/chat.ts'
import { failureIn, startSocketFixture, type Fixture } from './socket-fixture.ts'

async function join(fixture: Fixture, sessionId = fixture.sessionId) {
  const tab = await fixture.connect()
  const told: Message[] = []
  tab.socket.on('message.changed', (message: Message) => told.push(message))
  const joined = await tab.ask('session.join', { sessionId, cursors: [] })
  if (!joined.ok) throw new Error('the join was refused')
  return { ...tab, told, snapshot: joined.value }
}

test('[CH6] a message reaches everyone in the session, its author too, and nobody in another one', async () => {
  const fixture = await startSocketFixture()
  const one = await join(fixture)
  const two = await join(fixture)
  const elsewhere = await join(fixture, await fixture.createSession())
  const sent = await one.ask('message.send', { messageId: 'm1', body: '  Hello\n' })
  const message = { messageId: 'm1', number: 1, author: one.snapshot.you.participantId, body: 'Hello', createdAt: 1_000 }
  expect(sent).toEqual({ ok: true, value: message })
  await vi.waitFor(() => expect([one.told, two.told]).toEqual([[message], [message]]))
  await elsewhere.ask('messages.older', { before: 1 })
  expect(elsewhere.told).toEqual([])
})

test('[CH8] a join brings the newest messages, and the older ones can be asked for', async () => {
  const fixture = await startSocketFixture()
  const one = await join(fixture)
  expect(one.snapshot.messages).toEqual({ messages: [], hasOlder: false })
  await one.ask('message.send', { messageId: 'm1', body: 'one' })
  await one.ask('message.send', { messageId: 'm2', body: 'two' })
  const { messages } = (await join(fixture)).snapshot
  expect(messages.messages.map(({ body }) => body)).toEqual(['one', 'two'])
  const older = await one.ask('messages.older', { before: 2 })
  expect(older).toMatchObject({ ok: true, value: { messages: [{ body: 'one' }], hasOlder: false } })
})

test('[M4] a message that is empty or too long is refused, and nothing is told', async () => {
  const fixture = await startSocketFixture()
  const one = await join(fixture)
  for (const body of ['', ' \n ', 'x'.repeat(limits.messageLength + 1)]) {
    expect(failureIn(await one.ask('message.send', { messageId: 'm1', body })).code).toBe('invalid_payload')
  }
  expect((await one.ask('message.send', { messageId: 'm1', body: 'x'.repeat(limits.messageLength) })).ok).toBe(true)
  expect(one.told.map(({ messageId }) => messageId)).toEqual(['m1'])
})

test('[M7] nobody sends more than five messages a second', async () => {
  const fixture = await startSocketFixture()
  const one = await join(fixture)
  const ids = Array.from({ length: 7 }, (_, index) => `m${index}`)
  const answers = await Promise.all(ids.map((messageId) => one.ask('message.send', { messageId, body: '.' })))
  const refused = answers.filter(({ ok }) => !ok).map(failureIn)
  expect(refused).toHaveLength(2)
  expect(refused.every(({ code, retryAfterMs = 0 }) => code === 'rate_limited' && retryAfterMs > 0)).toBe(true)
})
