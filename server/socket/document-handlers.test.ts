import { expect, test } from 'vitest'
import type { Documents } from '#documents/documents.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns } from '#turns/turns.ts'
import type { Caller } from './connection.ts'
import { createDocumentHandlers } from './document-handlers.ts'

/** A connection that opens `f1`; the document answers when it is told to. */
function opening() {
  const rooms: string[] = []
  const held = { opened: 0, released: 0 }
  let answer = () => {}
  const documents = {
    openWithin: async () => {
      await new Promise<void>((resolve) => (answer = resolve))
      held.opened += 1
      return { clientId: 7, seq: 0, epoch: 0, update: new Uint8Array() }
    },
    release: () => void (held.released += 1),
  } as unknown as Documents
  const sessions = { file: async () => ({ fileId: 'f1', kind: 'text' }) } as unknown as Sessions
  const socket = {
    connected: true,
    data: { openFileIds: new Set<string>(), joined: { sessionId: 's1' } as object | undefined },
    join: async (room: string) => void rooms.push(room),
  }
  const caller = { socket, sessionId: 's1', participant: { participantId: 'ada', role: 'owner' } } as unknown as Caller
  const handlers = createDocumentHandlers({ sessions, documents, turns: {} as Turns })
  return { rooms, held, socket, open: () => handlers['document.open'](caller, { fileId: 'f1' }), answer: () => answer() }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a document is held once however often one connection opens it', async () => {
  const { rooms, held, socket, open, answer } = opening()
  for (const _time of [1, 2]) {
    const opened = open()
    await settled()
    answer()
    await opened
  }
  expect([held, [...socket.data.openFileIds], rooms]).toEqual([
    { opened: 2, released: 1 },
    ['f1'],
    ['document:f1', 'document:f1'],
  ])
})

test.each([
  ['is gone', (socket: ReturnType<typeof opening>['socket']) => (socket.connected = false)],
  ['has left the session', (socket: ReturnType<typeof opening>['socket']) => (socket.data.joined = undefined)],
  ['is in another session', (socket: ReturnType<typeof opening>['socket']) => (socket.data.joined = { sessionId: 's2' })],
])('a connection that %s when the document has opened holds nothing and is in no room', async (_what, change) => {
  const { rooms, held, socket, open, answer } = opening()
  const opened = open()
  await settled()
  change(socket)
  answer()
  await expect(opened).rejects.toMatchObject({ failure: { code: 'not_joined' } })
  expect([held, socket.data.openFileIds.size, rooms]).toEqual([{ opened: 1, released: 1 }, 0, []])
})

test('a connection that is gone before the document is asked for opens nothing', async () => {
  const { held, socket, open } = opening()
  const opened = open()
  socket.connected = false
  await expect(opened).rejects.toMatchObject({ failure: { code: 'not_joined' } })
  expect(held).toEqual({ opened: 0, released: 0 })
})
