import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { DocumentRange } from '#protocol/documents.ts'
import { startSocketFixture } from './socket-fixture.ts'

/** The TCP connection below a WebSocket of the package ws, whose types hide it. */
type Pausable = { ws: { pause(): void; resume(): void } }

test('[O3] [O4] a tab that reads nothing for a while holds up nobody, and ends with exactly what is stored', async () => {
  const fixture = await startSocketFixture()
  const { sessionId, fileId } = fixture
  const [writer, reader] = [await fixture.connect(), await fixture.connect()]
  const open = async (tab: typeof writer, doc: Y.Doc, more: { clientId?: number; stateVector?: Buffer<ArrayBuffer> } = {}) => {
    const opened = await tab.ask('document.open', { fileId, ...more })
    if (!opened.ok || !('update' in opened.value)) throw new Error('the document did not open')
    Y.applyUpdate(doc, opened.value.update)
    return opened.value
  }
  const [written, read] = [new Y.Doc(), new Y.Doc()]
  for (const tab of [writer, reader]) await tab.ask('session.join', { sessionId, cursors: [] })
  const { clientId, seq } = await open(writer, written)
  written.clientID = clientId
  const own = await open(reader, read)
  let [seenByWriter, seenByReader, gaps] = [seq, own.seq, 0]
  writer.socket.on('document.updated', (range: DocumentRange) => {
    seenByWriter = range.seq
  })
  reader.socket.on('document.updated', (range: DocumentRange) => {
    if (range.update !== undefined) Y.applyUpdate(read, range.update)
    if (range.afterSeq > seenByReader) gaps += 1
    seenByReader = range.seq
  })

  const { ws } = reader.socket.io.engine.transport as unknown as Pausable
  ws.pause()
  // More than the buffers of the network hold and the server keeps for the slow.
  const text = written.getText('text')
  for (let push = 1; push <= 80; push += 1) {
    const before = Y.encodeStateVector(written)
    text.delete(0, text.length)
    text.insert(0, push === 80 ? 'the end' : `${push} `.padEnd(200_000, String(push % 10)))
    const update = Buffer.from(Y.encodeStateAsUpdate(written, before))
    const answer = await writer.ask('document.push', { fileId, pushId: `p${push}`, epoch: own.epoch, update })
    expect(answer).toEqual({ ok: true, value: { seq: seq + push } })
  }
  await vi.waitFor(() => expect(seenByWriter).toBe(seq + 80))
  expect(seenByReader).toBeLessThan(seq + 80)

  ws.resume()
  await vi.waitFor(() => expect(seenByReader).toBe(seq + 80), 10_000)
  expect(gaps).toBeGreaterThan(0)
  await open(reader, read, { clientId: own.clientId, stateVector: Buffer.from(Y.encodeStateVector(read)) })
  expect(read.getText('text').toString()).toBe('the end')
}, 30_000)

test('[D14] a state that is too large for an answer is named, not sent', async () => {
  const fixture = await startSocketFixture()
  const { sessionId, fileId } = fixture
  const tab = await fixture.connect()
  await tab.ask('session.join', { sessionId, cursors: [] })
  const opened = await tab.ask('document.open', { fileId })
  if (!opened.ok || !('update' in opened.value)) throw new Error('the document did not open')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, opened.value.update)
  doc.clientID = opened.value.clientId
  const before = Y.encodeStateVector(doc)
  doc.getText('text').insert(0, 'x'.repeat(100_000))
  const update = Buffer.from(Y.encodeStateAsUpdate(doc, before))
  await tab.ask('document.push', { fileId, pushId: 'p', epoch: 0, update })
  const again = await tab.ask('document.open', { fileId })
  expect(again).toEqual({ ok: true, value: { fileId, clientId: expect.any(Number), seq: 1, epoch: 0, bulk: true } })
  const known = { clientId: opened.value.clientId, stateVector: Buffer.from(Y.encodeStateVector(doc)) }
  expect(await tab.ask('document.open', { fileId, ...known })).toMatchObject({
    ok: true,
    value: { update: expect.any(Buffer) },
  })
})

test('[O6] a tab that asks for snapshots on and on and reads none of them is told to wait', async () => {
  const fixture = await startSocketFixture()
  const { sessionId, fileId } = fixture
  const [writer, reader] = [await fixture.connect(), await fixture.connect()]
  for (const tab of [writer, reader]) await tab.ask('session.join', { sessionId, cursors: [] })
  const opened = await writer.ask('document.open', { fileId })
  if (!opened.ok) throw new Error('the document did not open')
  const { ws } = reader.socket.io.engine.transport as unknown as Pausable
  ws.pause()
  const doc = new Y.Doc()
  doc.clientID = opened.value.clientId
  if ('update' in opened.value) Y.applyUpdate(doc, opened.value.update)
  const text = doc.getText('text')
  for (let push = 1; push <= 60; push += 1) {
    const before = Y.encodeStateVector(doc)
    text.delete(0, text.length)
    text.insert(0, `${push} `.padEnd(200_000, String(push % 10)))
    const update = Buffer.from(Y.encodeStateAsUpdate(doc, before))
    expect(await writer.ask('document.push', { fileId, pushId: `p${push}`, epoch: 0, update })).toMatchObject({ ok: true })
  }
  const touched = vi.spyOn(fixture.sessions, 'touch')
  const joins = Array.from({ length: 4 }, () => reader.ask('session.join', { sessionId, cursors: [] }))
  await vi.waitFor(() => expect(touched).toHaveBeenCalledTimes(4))
  const heard: string[] = []
  writer.socket.on('message.changed', ({ messageId }: { messageId: string }) => heard.push(messageId))
  const say = (messageId: string) => void reader.ask('message.send', { messageId, body: 'Hello?' })
  // Only who has joined is heard, and who is let in once more is not heard for a moment.
  await vi.waitFor(
    () => {
      say(`hello${heard.length}`)
      expect(heard).not.toEqual([])
    },
    { interval: 250, timeout: 10_000 },
  )
  const last = reader.ask('session.join', { sessionId, cursors: [] })
  say('still-here')
  await vi.waitFor(() => expect(heard).toContain('still-here'))
  ws.resume()
  expect(await last).toMatchObject({ ok: false, error: { code: 'rate_limited' } })
  expect((await Promise.all(joins)).map(({ ok }) => ok)).toEqual([true, true, true, true])
  expect(await reader.ask('session.join', { sessionId, cursors: [] })).toMatchObject({ ok: true })
}, 30_000)
