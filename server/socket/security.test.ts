import { strToU8, zipSync } from 'fflate'
import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { commandNames, commands } from '#protocol/commands.ts'
import { permits, roles, type Role } from '#protocol/roles.ts'
import { RawSocket } from './raw-socket.ts'
import { samplePayload } from './sample-payload.ts'
import { startSocketFixture, type Fixture } from './socket-fixture.ts'

type Answer = { ok: boolean; error?: { code: string } }

/** A session with somebody of every role, a hostile connection of one of them, and the owner as the witness. */
async function setUp(role: Role = 'viewer') {
  const fixture = await startSocketFixture()
  const { sessions, sessionId } = fixture
  const owner = (await sessions.participant(sessionId, 'owner'))?.participantId ?? ''
  for (const granted of ['viewer', 'reviewer', 'editor'] as const) {
    const link = { role: granted, label: '', expiresInMs: 3_600_000 }
    const { secret } = await sessions.createLink(sessionId, owner, link)
    await sessions.enterThroughLink(sessionId, secret, granted, `Some ${granted}`)
  }
  const [witness, hostile] = [await joined(fixture, 'owner'), await joined(fixture, role)]
  return { fixture, hostile, witness, before: await stored(fixture) }
}

async function joined({ url, sessionId }: Fixture, visitId: string): Promise<RawSocket> {
  const socket = await RawSocket.open(url, { 'x-visit': visitId })
  expect(await socket.ask('session.join', { sessionId, cursors: [] })).toMatchObject({ ok: true })
  return socket
}

/** Everything that a command could have changed. */
async function stored({ store, sessionId, fileId }: Fixture) {
  const [session, people, links, files, document, texts, turns, hunks, bases] = await Promise.all([
    store.session(sessionId),
    store.participants(sessionId),
    store.links(sessionId),
    store.files(sessionId),
    store.document(fileId),
    store.texts(sessionId),
    store.turns(sessionId),
    store.hunks(sessionId),
    store.zipBases(sessionId),
  ])
  return { session, people, links, files, document, texts, turns, hunks, bases }
}

/** Nothing was changed, and the witness is served as before. */
async function harmless({ fixture, witness, before }: Awaited<ReturnType<typeof setUp>>): Promise<void> {
  expect(await stored(fixture)).toEqual(before)
  expect(await witness.ask('file.create', { path: 'witness.ts' })).toMatchObject({ ok: true })
}

const code = (answer: unknown) => (answer as Answer).error?.code

function writing(text: string, clientId: number, root = 'text'): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = clientId
  doc.getText(root).insert(0, text)
  return Y.encodeStateAsUpdate(doc)
}

async function openedBy(socket: RawSocket, fileId: string): Promise<number> {
  const answer = (await socket.ask('document.open', { fileId })) as { ok: true; value: { clientId: number } }
  return answer.value.clientId
}

describe('every role and every command', () => {
  test.each(roles)('[M5] a %s is denied what is above the role, which changes nothing, and nothing else', async (role) => {
    const scene = await setUp(role)
    const forbidden = commandNames.filter((name) => !permits(role, commands[name].role))
    const allowed = commandNames.filter((name) => permits(role, commands[name].role) && name !== 'session.join')
    let left = 0
    let socket = scene.hostile
    const ask = async (name: string, payload: unknown) => {
      // Below what one connection may ask in ten seconds.
      if ((left = (left + 1) % 25) === 0) socket = await joined(scene.fixture, role)
      return socket.ask(name, payload)
    }
    for (const name of forbidden) expect([name, await ask(name, samplePayload(name))]).toEqual([name, denied])
    expect(await stored(scene.fixture)).toEqual(scene.before)
    for (const name of allowed) {
      // [R8] What costs tokens is a matter of what the owner allows as well, which is nothing at first.
      const isForbiddenByOwner = ['thread.ask', 'review.ask'].includes(name) && role === 'reviewer'
      expect([name, code(await ask(name, samplePayload(name))) === 'denied']).toEqual([name, isForbiddenByOwner])
    }
  })
})

const denied = { ok: false, error: { code: 'denied' } }

describe('pushes', () => {
  test('[M5] a viewer’s push is denied, also under a client id of their own', async () => {
    const scene = await setUp('viewer')
    const { fileId } = scene.fixture
    const clientId = await openedBy(scene.hostile, fileId)
    const push = { fileId, pushId: 'p1', epoch: 0, update: Buffer.from(writing('evil', clientId)) }
    expect(await scene.hostile.ask('document.push', push)).toEqual(denied)
    expect((await stored(scene.fixture)).texts).toEqual(scene.before.texts)
  })

  test.each([
    ['names another root', 'forbidden_content', (own: number) => writing('evil', own, 'hidden')],
    ['is of a client id that was never issued', 'foreign_client', (own: number) => writing('evil', own + 1)],
    ['is garbage', 'forbidden_content', () => new Uint8Array([255, 254, 253, 252])],
  ])('[D6] a push that %s is %s', async (_what, expected, update) => {
    const scene = await setUp('editor')
    const { fileId } = scene.fixture
    const own = await openedBy(scene.hostile, fileId)
    const push = { fileId, pushId: 'p1', epoch: 0, update: Buffer.from(update(own)) }
    expect(code(await scene.hostile.ask('document.push', push))).toBe(expected)
    expect((await stored(scene.fixture)).texts).toEqual(scene.before.texts)
    expect((await stored(scene.fixture)).document?.seq).toBe(scene.before.document?.seq)
  })

  test('[D6] a client id that was issued to somebody else is nobody else’s', async () => {
    const scene = await setUp('editor')
    const { fileId } = scene.fixture
    const theirs = await openedBy(scene.witness, fileId)
    await openedBy(scene.hostile, fileId)
    const push = { fileId, pushId: 'p1', epoch: 0, update: Buffer.from(writing('evil', theirs)) }
    expect(code(await scene.hostile.ask('document.push', push))).toBe('foreign_client')
    const continued = await scene.hostile.ask('document.open', { fileId, clientId: theirs })
    expect(continued).not.toMatchObject({ value: { clientId: theirs } })
    expect((await stored(scene.fixture)).texts).toEqual(scene.before.texts)
  })
})

describe('bases', () => {
  test.each(['viewer', 'reviewer'] as const)('[M5] a %s cannot remove a zip that the files are compared with', async (role) => {
    const scene = await setUp(role)
    const { sessions, sessionId } = scene.fixture
    const zip = zipSync({ 'a.ts': strToU8('zero\n') })
    const { base } = await sessions.addBase(sessionId, 'somebody', { name: 'main.zip', zip })
    expect(await scene.hostile.told('bases.changed')).toEqual({ bases: [base] })
    expect(await scene.hostile.ask('base.remove', { baseId: base.baseId })).toEqual(denied)
    expect(await sessions.bases(sessionId)).toEqual([base])
    expect(await scene.witness.ask('base.remove', { baseId: base.baseId })).toEqual({ ok: true, value: {} })
    expect(await scene.hostile.told('bases.changed')).toEqual({ bases: [] })
  })

  test('[Z3] a zip of another session is not there', async () => {
    const scene = await setUp('editor')
    const { sessions } = scene.fixture
    const other = await sessions.createEmpty('owner', 'Other')
    const zip = zipSync({ 'a.ts': strToU8('zero\n') })
    const { base } = await sessions.addBase(other.sessionId, 'somebody', { name: 'main.zip', zip })
    expect(code(await scene.hostile.ask('base.remove', { baseId: base.baseId }))).toBe('not_found')
    expect(await sessions.bases(other.sessionId)).toEqual([base])
  })
})

describe('links', () => {
  test('[L2] [L4] a revoked link lets nobody in, and whoever came through it is cut off', async () => {
    const scene = await setUp('editor')
    const { sessions, sessionId, url } = scene.fixture
    const [link] = (await sessions.sharing(sessionId)).links.filter(({ role }) => role === 'editor')
    const told = scene.hostile.told('access.changed')
    const revoked = await scene.witness.ask('link.revoke', { linkId: link?.linkId ?? '', removePeople: true })
    expect(revoked).toMatchObject({ ok: true })
    expect(await told).toEqual({ why: 'removed' })
    await scene.hostile.closed
    const again = await RawSocket.open(url, { 'x-visit': 'editor' })
    expect(code(await again.ask('session.join', { sessionId, cursors: [] }))).toBe('removed')
  })
})

describe('what is no message of the protocol', () => {
  test('[M6] a message of 10 MB closes the connection that sent it, and is logged', async () => {
    const scene = await setUp('editor')
    scene.hostile.send({ type: 2, nsp: '/', id: 1, data: ['file.create', { path: 'x'.repeat(10_000_000) }] })
    await scene.hostile.closed
    await vi.waitFor(() => expect(scene.fixture.warnings).toContain('connection closed: bad frame'))
    await harmless(scene)
  })

  test('[M6] garbage closes the connection that sent it, and is logged', async () => {
    const scene = await setUp('editor')
    scene.hostile.sendBytes(Uint8Array.from({ length: 500 }, (_, index) => (index * 7_919) % 256))
    await scene.hostile.closed
    await vi.waitFor(() => expect(scene.fixture.warnings.join()).toMatch(/connection closed/))
    await harmless(scene)
  })

  test('a frame that breaks the rules of WebSocket closes the connection that sent it', async () => {
    const scene = await setUp('editor')
    scene.hostile.sendBytes(Buffer.from('reserved'), 11)
    await expect(scene.hostile.closed).resolves.toBeUndefined()
    await harmless(scene)
  })

  test.each(['connect', 'disconnect', 'disconnecting', 'error', 'newListener', 'removeListener', 'connect_error'])(
    '[M3] the reserved name %s reaches nobody',
    async (name) => {
      const scene = await setUp('editor')
      expect(code(await scene.hostile.ask(name, {}))).toBe('unknown_command')
      expect(await scene.hostile.ask('document.close', { fileId: scene.fixture.fileId })).toMatchObject({ ok: true })
      await harmless(scene)
    },
  )

  test.each([
    ['an event without a name', { type: 2, nsp: '/', data: [] }],
    ['data that is no list', { type: 2, nsp: '/', data: { length: 2, 0: 'file.create' } }],
    ['another namespace', { type: 0, nsp: '/admin' }],
    ['a type that does not exist', { type: 99, nsp: '/', data: ['file.create', {}] }],
    ['an answer to a question that nobody asked', { type: 3, nsp: '/', id: 7, data: [{}] }],
    ['a payload with a prototype', { type: 2, nsp: '/', data: ['file.create', JSON.parse('{"__proto__":{"path":"x"}}')] }],
  ])('[M3] [M4] %s changes nothing', async (_what, packet) => {
    const scene = await setUp('editor')
    scene.hostile.send(packet)
    await Promise.race([
      scene.hostile.closed,
      scene.hostile.ask('document.close', { fileId: scene.fixture.fileId }).catch(() => {}),
    ])
    expect(await stored(scene.fixture)).toEqual(scene.before)
    await harmless(scene)
  })

  test('[M7] [M8] a flood is limited, then cut off, and is logged', async () => {
    const scene = await setUp('viewer')
    for (let count = 0; count < 500; count += 1)
      scene.hostile.send({ type: 2, nsp: '/', id: count, data: ['file.create', { path: `${count}.ts` }] })
    await scene.hostile.closed
    expect(scene.fixture.warnings).toContain('connection closed after repeated violations')
    await harmless(scene)
  })
})
