import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { Payload } from '#protocol/commands.ts'
import type { ServerEvents } from '#protocol/events.ts'
import { limits } from '#protocol/limits.ts'
import { failureIn, startSocketFixture, type Fixture } from './socket-fixture.ts'

const nowhere: Payload<'presence.set'> = { fileId: null, following: null, state: 'active' }

/** A tab of the session's owner that has joined, and its snapshot. */
async function join(fixture: Fixture) {
  const tab = await fixture.connect()
  const told: ServerEvents['presence.changed'][] = []
  tab.socket.on('presence.changed', (change: ServerEvents['presence.changed']) => told.push(change))
  const joined = await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
  if (!joined.ok) throw new Error('the join was refused')
  return { ...tab, told, snapshot: joined.value }
}

function positionIn(length: number): Buffer<ArrayBuffer> {
  const text = new Y.Doc().getText('text')
  text.insert(0, 'x'.repeat(length))
  return Buffer.from(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, length - 1)))
}

test('[P1] a join tells who is here, by connection: two tabs of one person are two', async () => {
  const fixture = await startSocketFixture()
  const one = await join(fixture)
  const two = await join(fixture)
  const { connectionId, present } = two.snapshot.presence
  expect(present.map((entry) => entry.connectionId)).toEqual([one.snapshot.presence.connectionId, connectionId])
  expect(new Set(present.map((entry) => entry.participantId))).toEqual(new Set([two.snapshot.you.participantId]))
})

test('[P2] where somebody is reaches the others with the identity that the server knows', async () => {
  const fixture = await startSocketFixture()
  const one = await join(fixture)
  const two = await join(fixture)
  const head = positionIn(5)
  const place = { ...nowhere, fileId: fixture.fileId, line: 3, selections: [{ head }], state: 'typing' as const }
  expect(await two.ask('presence.set', place)).toEqual({ ok: true, value: {} })
  const { connectionId } = two.snapshot.presence
  const { participantId } = two.snapshot.you
  await vi.waitFor(() => expect(one.told.at(-1)?.changed.at(-1)).toEqual({ ...place, connectionId, participantId }))
})

test('[P2] nobody can say who they are', async () => {
  const fixture = await startSocketFixture()
  const tab = await join(fixture)
  for (const claim of [
    { participantId: 'somebody' },
    { connectionId: 'c' },
    { name: 'Mara' },
    { colour: 2 },
    { role: 'owner' },
  ]) {
    expect(failureIn(await tab.askRaw('presence.set', { ...nowhere, ...claim })).code).toBe('invalid_payload')
  }
})

test('[P2] bytes that are no position are refused, before anybody has to decode them', async () => {
  const fixture = await startSocketFixture()
  const tab = await join(fixture)
  const garbage = Buffer.from([255, 255, 255, 255, 255, 255])
  const place = { ...nowhere, fileId: fixture.fileId }
  expect(failureIn(await tab.ask('presence.set', { ...place, top: garbage })).code).toBe('invalid_payload')
  const selections = [{ head: positionIn(2), anchor: garbage }]
  expect(failureIn(await tab.ask('presence.set', { ...place, selections })).code).toBe('invalid_payload')
})

test('[P2] a file of another session is not found', async () => {
  const fixture = await startSocketFixture()
  const tab = await join(fixture)
  expect(failureIn(await tab.ask('presence.set', { ...nowhere, fileId: 'elsewhere' })).code).toBe('not_found')
})

test('[P3] more than 2 KB of positions, and more than ten a second for long, are refused', async () => {
  const fixture = await startSocketFixture()
  const tab = await join(fixture)
  const head = Buffer.alloc(limits.positionBytes)
  const selections = Array.from({ length: 9 }, () => ({ head }))
  expect(failureIn(await tab.ask('presence.set', { ...nowhere, selections })).code).toBe('invalid_payload')
  const answers = await Promise.all(Array.from({ length: 40 }, () => tab.ask('presence.set', nowhere)))
  const refused = answers.filter((answer) => !answer.ok)
  expect(refused).toHaveLength(21)
  expect(failureIn(refused[0] ?? { ok: true, value: {} })).toMatchObject({ code: 'rate_limited' })
  // Whoever floods presence may still do everything else.
  expect(await tab.ask('document.open', { fileId: fixture.fileId })).toMatchObject({ ok: true })
})

test('[P4] a connection that goes away is told as gone', async () => {
  const fixture = await startSocketFixture()
  const one = await join(fixture)
  const two = await join(fixture)
  two.socket.disconnect()
  const gone = [two.snapshot.presence.connectionId]
  await vi.waitFor(() => expect(one.told.at(-1)).toEqual({ changed: [], gone }))
})

test('[P5] a tab that is silent is asked where it is', async () => {
  let look: (() => void) | undefined
  let now = 0
  const presenceClock = {
    now: () => now,
    after: (delayMs: number, work: () => void) => {
      if (delayMs > 1_000) look = work
      return () => {}
    },
  }
  const fixture = await startSocketFixture({ presenceClock })
  const tab = await join(fixture)
  const asked = tab.next('presence.asked')
  now = 5_000
  look?.()
  expect(await asked).toEqual({})
})

test('[P6] whoever may edit can ask the others to come', async () => {
  const fixture = await startSocketFixture()
  const one = await join(fixture)
  const two = await join(fixture)
  expect(failureIn(await two.ask('presence.gather', {})).code).toBe('not_found')
  await two.ask('presence.set', { ...nowhere, fileId: fixture.fileId, line: 12 })
  const called = one.next('presence.gathering')
  expect(await two.ask('presence.gather', {})).toEqual({ ok: true, value: {} })
  expect(await called).toEqual({
    participantId: two.snapshot.you.participantId,
    connectionId: two.snapshot.presence.connectionId,
    fileId: fixture.fileId,
    line: 12,
  })
})
