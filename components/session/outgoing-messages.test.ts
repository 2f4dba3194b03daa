import { expect, test } from 'vitest'
import type { Message } from '#protocol/chat.ts'
import type { FailureCode, Result } from '#protocol/failures.ts'
import type { OutgoingMessage } from './chat-state.ts'
import { OutgoingMessages } from './outgoing-messages.ts'

/** A browser's storage, a connection that the test cuts, and a server that answers as it is told. */
function set() {
  const stored = new Map<string, string>()
  const world = {
    isOnline: true,
    answers: [] as (FailureCode | 'lost')[],
    arrived: [] as string[],
    shown: [] as OutgoingMessage[],
    timers: [] as (() => void)[],
    stored,
    open: () =>
      new OutgoingMessages({
        storage: () => ({
          getItem: (key) => stored.get(key) ?? null,
          setItem: (key, value) => void stored.set(key, value),
          removeItem: (key) => void stored.delete(key),
        }),
        clock: {
          now: () => 0,
          after: (_delayMs, run) => {
            world.timers.push(run)
            return () => {}
          },
        },
        isOnline: () => world.isOnline,
        send: async ({ messageId, body }): Promise<Result<Message>> => {
          const answer = world.answers.shift()
          if (answer === 'lost') world.isOnline = false
          if (answer !== undefined) return { ok: false, error: { code: answer === 'lost' ? 'unavailable' : answer } }
          world.arrived.push(messageId)
          return { ok: true, value: { messageId, number: 1, author: 'ada', body, createdAt: 0 } }
        },
        onSent: () => {},
        onChanged: (outgoing) => {
          world.shown = outgoing
        },
      }),
  }
  return world
}

const write = (outgoing: OutgoingMessages, ...ids: string[]) => {
  for (const messageId of ids) outgoing.add({ messageId, body: messageId, writtenAt: 0 })
}
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('messages are sent one after the other, in the order in which they were written', async () => {
  const world = set()
  write(world.open(), 'a', 'b', 'c')
  expect(world.shown.map(({ messageId }) => messageId)).toEqual(['a', 'b', 'c'])
  await settled()
  expect(world.arrived).toEqual(['a', 'b', 'c'])
  expect(world.shown).toEqual([])
})

test('what is written offline outlives the tab and is sent when the connection is back', async () => {
  const world = set()
  world.isOnline = false
  const first = world.open()
  first.belongTo('ada')
  write(first, 'a', 'b')
  await settled()
  expect(world.arrived).toEqual([])
  const reloaded = world.open()
  reloaded.belongTo('ada')
  expect(world.shown.map(({ messageId }) => messageId)).toEqual(['a', 'b'])
  world.isOnline = true
  reloaded.resume()
  await settled()
  expect(world.arrived).toEqual(['a', 'b'])
  expect([...world.stored]).toEqual([])
})

test('what another person left in this browser is not sent', async () => {
  const world = set()
  world.isOnline = false
  const adas = world.open()
  adas.belongTo('ada')
  write(adas, 'a')
  world.isOnline = true
  const maras = world.open()
  maras.belongTo('mara')
  maras.resume()
  await settled()
  expect(world.arrived).toEqual([])
})

test('a connection that is lost while a message is on its way keeps it, without calling it failed', async () => {
  const world = set()
  const outgoing = world.open()
  world.answers.push('lost')
  write(outgoing, 'a', 'b')
  await settled()
  expect(world.shown).toEqual([
    { messageId: 'a', body: 'a', writtenAt: 0 },
    { messageId: 'b', body: 'b', writtenAt: 0 },
  ])
  world.isOnline = true
  outgoing.resume()
  await settled()
  expect(world.arrived).toEqual(['a', 'b'])
})

test('a message that is refused says so, lets those after it go, and can be sent again or thrown away', async () => {
  const world = set()
  const outgoing = world.open()
  world.answers.push('denied')
  write(outgoing, 'a', 'b')
  await settled()
  expect(world.arrived).toEqual(['b'])
  expect(world.shown).toEqual([{ messageId: 'a', body: 'a', writtenAt: 0, failure: { code: 'denied' } }])
  outgoing.retry('a')
  await settled()
  expect(world.arrived).toEqual(['b', 'a'])
  world.answers.push('limit_reached')
  write(outgoing, 'c')
  await settled()
  outgoing.discard('c')
  expect(world.shown).toEqual([])
})

test('who writes too fast is not troubled: the rest goes a little later', async () => {
  const world = set()
  const outgoing = world.open()
  world.answers.push('rate_limited')
  write(outgoing, 'a', 'b')
  await settled()
  expect(world.arrived).toEqual([])
  expect(world.shown.every(({ failure }) => failure === undefined)).toBe(true)
  for (const run of world.timers) run()
  await settled()
  expect(world.arrived).toEqual(['a', 'b'])
})
