import parser from 'socket.io-msgpack-parser'
import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { ServerEvents } from '#protocol/events.ts'
import { TurnRefused } from '#turns/turns.ts'
import { failureIn, startSocketFixture } from './socket-fixture.ts'

/** A packet as it goes over the wire; its declared type is wrong. */
function packet(content: object): ArrayBuffer {
  const [bytes] = new parser.Encoder().encode(content) as unknown as [Uint8Array]
  return Uint8Array.from(bytes).buffer
}

describe('connecting', () => {
  test('[C1] a request that is not identified is refused', async () => {
    const fixture = await startSocketFixture()
    expect(await fixture.refused('stranger')).toBe('websocket error')
    expect(fixture.warnings).toEqual(['connection refused'])
  })

  test('[C2] nothing but a join is answered before a join', async () => {
    const fixture = await startSocketFixture()
    const tab = await fixture.connect()
    expect(await tab.ask('file.create', { path: 'b.ts' })).toEqual({ ok: false, error: { code: 'not_joined' } })
  })

  test('[C3] a visit that does not belong to the session learns nothing about it', async () => {
    const fixture = await startSocketFixture()
    const tab = await fixture.connect('somebody')
    const existing = await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    const missing = await tab.ask('session.join', { sessionId: 'no-such-session', cursors: [] })
    expect(existing).toEqual({ ok: false, error: { code: 'not_found' } })
    expect(missing).toEqual(existing)
  })

  test('[C5] a join draws the session, without the text of turns that the tab already has', async () => {
    const turn = {
      turnId: 't1',
      number: 1,
      askedBy: 'p',
      kind: 'chat' as const,
      prompt: 'go',
      references: [],
      status: 'streaming' as const,
      backend: { backendId: 'replay', name: 'Replay', kind: 'recorded' as const, model: 'm' },
      startedAt: 1,
      text: 'abc',
      reasoning: 'r',
      marks: [],
    }
    const watch = vi.fn(() => ({ resume: () => {}, stop: () => {} }))
    const fixture = await startSocketFixture({
      turns: { snapshot: async () => ({ turns: [turn, { ...turn, turnId: 't2' }], hunks: [] }), watch },
    })
    const tab = await fixture.connect()
    const cursor = { turnId: 't1', text: 2, reasoning: 1, marks: 0 }
    const joined = await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [cursor] })
    expect(joined).toMatchObject({
      ok: true,
      value: {
        session: { name: 'Test' },
        you: { role: 'owner' },
        files: [{ path: 'a.ts' }],
        turns: [
          { turnId: 't1', text: '', reasoning: '' },
          { turnId: 't2', text: 'abc', reasoning: 'r' },
        ],
      },
    })
    expect(watch).toHaveBeenCalledWith(fixture.sessionId, expect.anything(), [
      cursor,
      { turnId: 't2', text: 3, reasoning: 1, marks: 0 },
    ])
  })

  test('[C5] a connection that goes away while it joins is not watched by anybody', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    const snapshot = vi.fn(() => held.then(() => ({ turns: [], hunks: [] })))
    const fixture = await startSocketFixture({ turns: { snapshot } })
    const tab = await fixture.connect()
    tab.socket.emit('session.join', { sessionId: fixture.sessionId, cursors: [] })
    await vi.waitFor(() => expect(snapshot).toHaveBeenCalled())
    tab.socket.disconnect()
    await fixture.gone()
    release()
    await new Promise(setImmediate)
    expect(fixture.viewers).toEqual([])
  })

  test('[C5] joins of one connection that overlap leave it in the last session, watching once', async () => {
    const fixture = await startSocketFixture()
    const other = await fixture.createSession()
    const tab = await fixture.connect()
    const join = (sessionId: string) => tab.ask('session.join', { sessionId, cursors: [] })
    const joins = await Promise.all([join(fixture.sessionId), join(other), join(fixture.sessionId), join(other)])
    expect(joins.every(({ ok }) => ok)).toBe(true)
    expect(fixture.viewers).toHaveLength(1)

    const heard: unknown[] = []
    tab.socket.on('tree.changed', (event: ServerEvents['tree.changed']) => heard.push(event.changed.map(({ path }) => path)))
    const neighbour = await fixture.connect()
    await neighbour.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    await neighbour.ask('file.create', { path: 'there.ts' })
    await tab.ask('file.create', { path: 'here.ts' })
    expect(heard).toEqual([['here.ts']])
  })

  test('[C2] a connection enters once: leaving and entering again, with limits that are new, closes it', async () => {
    const fixture = await startSocketFixture()
    const tab = await fixture.connect()
    await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    const { engine } = tab.socket.io
    engine.write(packet({ type: 1, nsp: '/' }))
    await vi.waitFor(() => expect(fixture.viewers).toHaveLength(0))
    const closed = new Promise((resolve) => engine.once('close', resolve))
    engine.write(packet({ type: 0, nsp: '/' }))
    await closed
  })

  test('[C6] a server that goes away says so', async () => {
    const fixture = await startSocketFixture()
    const tab = await fixture.connect()
    await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    expect(fixture.viewers).toHaveLength(1)
    tab.socket.disconnect()
    await vi.waitFor(() => expect(fixture.viewers).toHaveLength(0))
  })
})

describe('messages', () => {
  const joined = async (options: Parameters<typeof startSocketFixture>[0] = {}) => {
    const fixture = await startSocketFixture(options)
    const tab = await fixture.connect()
    await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    return { fixture, tab }
  }

  test('[M1] a command is answered with its value, and everyone in the session is told', async () => {
    const { fixture, tab } = await joined()
    const other = await fixture.connect()
    await other.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    const told = other.next('tree.changed')
    const created = await tab.ask('file.create', { path: 'src/b.ts' })
    expect(created).toMatchObject({ ok: true, value: { changed: [{ path: 'src/b.ts', kind: 'text' }] } })
    expect(await told).toMatchObject({ changed: [{ path: 'src/b.ts' }], removed: [] })
  })

  test('[M1] a refusal of a domain room is answered with its code', async () => {
    const { tab } = await joined({
      turns: {
        stop: async () => {
          throw new TurnRefused('turn_over')
        },
      },
    })
    expect(failureIn(await tab.ask('file.create', { path: '../x' }))).toEqual({ code: 'invalid_path' })
    expect(failureIn(await tab.ask('file.create', { path: 'a.ts' }))).toEqual({ code: 'path_taken' })
    expect(failureIn(await tab.ask('turn.stop', { turnId: 't' }))).toEqual({ code: 'turn_over' })
    expect(failureIn(await tab.ask('session.choose-model', { backendId: 'x', model: 'y' }))).toEqual({ code: 'no_backend' })
  })

  test('[M2] a refused message without an acknowledgement is told by an event', async () => {
    const { tab } = await joined()
    const told = tab.next('failure')
    tab.socket.emit('file.delete', { fileId: 7 })
    expect(await told).toMatchObject({ code: 'invalid_payload', issues: [expect.stringContaining('fileId')] })
  })

  test.each(['surprise', 'toString', '__proto__', 'constructor'])('[M3] the name %s reaches no handler', async (name) => {
    const { tab } = await joined()
    expect(await tab.askRaw(name, {})).toEqual({ ok: false, error: { code: 'unknown_command' } })
  })

  test('[M3] a forged disconnect event reaches no listener', async () => {
    const { fixture, tab } = await joined()
    // The client refuses to send reserved names itself; a hostile one just writes the packet.
    const told = tab.next('failure')
    ;(tab.socket as unknown as { packet(packet: unknown): void }).packet({ type: 2, data: ['disconnect', 'forged'] })
    expect(await told).toEqual({ code: 'unknown_command' })
    expect(fixture.viewers).toHaveLength(1)
    expect((await tab.ask('document.close', { fileId: fixture.fileId })).ok).toBe(true)
  })

  test.each([[{ toString: 1 }], [null], [7], [['file.create']]])(
    '[M3] a name that is no text (%j) reaches no handler',
    async (name) => {
      const { tab } = await joined()
      const failed = tab.next('failure')
      tab.socket.io.engine.write(packet({ type: 2, nsp: '/', data: [name, { path: 'b.ts' }] }))
      expect(await failed).toEqual({ code: 'unknown_command' })
    },
  )

  test('[M6] a message above 1 MB closes only the connection that sent it', async () => {
    const { fixture, tab } = await joined()
    const other = await fixture.connect()
    await other.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    tab.socket.emit('file.create', { path: 'x'.repeat(1_100_000) })
    expect(await tab.disconnected).toBe('transport close')
    expect((await other.ask('file.create', { path: 'still.ts' })).ok).toBe(true)
    await vi.waitFor(() => expect(fixture.warnings).toEqual(['connection closed: bad frame']))
  })

  test('[M6] a message that cannot be decoded closes only the connection that sent it', async () => {
    const { fixture, tab } = await joined()
    const other = await fixture.connect()
    await other.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    tab.socket.io.engine.write(Uint8Array.from([0xc1, 0xff, 0x00]).buffer)
    await tab.disconnected
    expect((await other.ask('file.create', { path: 'still.ts' })).ok).toBe(true)
    expect(fixture.warnings).toEqual(['connection closed: bad message'])
  })

  test('[M7] [M8] a flood is limited, then cut off', async () => {
    const { tab, fixture } = await joined()
    const answers = Array.from({ length: 130 }, () => tab.askRaw('surprise-or-not', {}).catch(() => undefined))
    expect(await answers[0]).toEqual({ ok: false, error: { code: 'unknown_command' } })
    await tab.disconnected
    await vi.waitFor(() => expect(fixture.warnings).toContain('connection closed after repeated violations'))
  })

  test('[M7] too many commands are told when to come again', async () => {
    const { tab } = await joined()
    const results = await Promise.all(
      Array.from({ length: 70 }, (_, index) => tab.ask('file.create', { path: `f${index}.ts` })),
    )
    const refused = results.filter((result) => !result.ok)
    expect(refused.length).toBeGreaterThan(0)
    for (const result of refused) expect(failureIn(result)).toEqual({ code: 'rate_limited', retryAfterMs: expect.any(Number) })
  })

  test('[M9] a bug is answered as internal, with an id that the log has too', async () => {
    const { fixture, tab } = await joined()
    expect(await tab.ask('turn.stop', { turnId: 't' })).toEqual({ ok: false, error: { code: 'internal', logId: 'log-1' } })
    expect(fixture.warnings).toEqual(['command failed'])
  })
})

describe('documents', () => {
  test('an opened document arrives byte for byte, and pushes reach everyone as they were sent', async () => {
    const fixture = await startSocketFixture()
    const tab = await fixture.connect()
    await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    const opened = await tab.ask('document.open', { fileId: fixture.fileId })
    if (!opened.ok || !('update' in opened.value)) throw new Error('the document did not open')
    const doc = new Y.Doc()
    doc.clientID = opened.value.clientId
    Y.applyUpdate(doc, opened.value.update)
    expect(doc.getText('text').toString()).toBe('one\n')

    const before = Y.encodeStateVector(doc)
    doc.getText('text').insert(4, 'two\n')
    const update = Buffer.from(Y.encodeStateAsUpdate(doc, before))
    const told = tab.next('document.updated')
    const pushed = await tab.ask('document.push', { fileId: fixture.fileId, pushId: 'p1', epoch: opened.value.epoch, update })
    expect(pushed).toEqual({ ok: true, value: { seq: opened.value.seq + 1 } })
    expect(await told).toEqual({
      fileId: fixture.fileId,
      afterSeq: opened.value.seq,
      seq: opened.value.seq + 1,
      pushIds: ['p1'],
      update,
    })
  })

  test('[D6] what is no update of text in a file of this session is refused', async () => {
    const fixture = await startSocketFixture()
    const tab = await fixture.connect()
    await tab.ask('session.join', { sessionId: fixture.sessionId, cursors: [] })
    const opened = await tab.ask('document.open', { fileId: fixture.fileId })
    expect(opened).toMatchObject({ ok: true, value: { fileId: fixture.fileId, clientId: expect.any(Number) } })
    expect(failureIn(await tab.ask('document.open', { fileId: 'elsewhere' }))).toEqual({ code: 'not_found' })
    const push = { fileId: fixture.fileId, pushId: 'p1', epoch: 0, update: Buffer.from([1, 2, 3]) }
    expect(failureIn(await tab.ask('document.push', push))).toEqual({ code: 'forbidden_content' })
  })
})
