/* oxlint-disable no-restricted-imports -- the far end of the request under test runs in Node */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { joinUpdates } from '#protocol/joined-updates.ts'
import { withState } from './large-state.ts'

const bulk = { ok: true as const, value: { fileId: 'f1', clientId: 7, seq: 3, epoch: 2, bulk: true as const } }

async function serving(status: number, headers: Record<string, string>, body: Uint8Array) {
  const paths: (string | undefined)[] = []
  const http = createServer((request, response) => {
    paths.push(request.url)
    response.writeHead(status, headers).end(body)
  })
  onTestFinished(() => http.close().closeAllConnections())
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return { paths, from: { sessionId: 's1', origin: `http://127.0.0.1:${(http.address() as AddressInfo).port}` } }
}

test('[D14] a state that the answer does not hold is fetched, and its seq is what counts', async () => {
  const updates = [new Uint8Array([1, 2]), new Uint8Array([3])]
  const { paths, from } = await serving(200, { 'x-flint-seq': '5', 'x-flint-epoch': '2' }, joinUpdates(updates))
  const value = { fileId: 'f1', clientId: 7, seq: 5, epoch: 2, updates }
  expect(await withState(bulk, from)).toEqual({ ok: true, value })
  expect(paths).toEqual(['/api/sessions/s1/documents/f1/state'])
})

test('[D14] what is whole, or refused, asks for nothing', async () => {
  const { paths, from } = await serving(500, {}, new Uint8Array())
  const opened = { fileId: 'f1', clientId: 7, seq: 3, epoch: 2 }
  const whole = { ok: true as const, value: { ...opened, update: new Uint8Array([1]) } }
  const same = { ok: true, value: { ...opened, updates: [whole.value.update] } }
  const refused = { ok: false as const, error: { code: 'denied' as const } }
  expect([await withState(whole, from), await withState(refused, from), paths]).toEqual([same, refused, []])
})

test('[D14] a state of another epoch, one older than the answer, a server that fails and one that is not there are tried again later', async () => {
  const later = { ok: false, error: { code: 'unavailable' } }
  const setBack = await serving(200, { 'x-flint-seq': '5', 'x-flint-epoch': '3' }, new Uint8Array([1, 2]))
  const older = await serving(200, { 'x-flint-seq': '2', 'x-flint-epoch': '2' }, joinUpdates([new Uint8Array([1])]))
  expect(await withState(bulk, older.from)).toEqual(later)
  const failing = await serving(503, {}, new Uint8Array())
  expect(await withState(bulk, setBack.from)).toEqual(later)
  expect(await withState(bulk, failing.from)).toEqual(later)
  const cutOff = await serving(200, { 'x-flint-seq': '5', 'x-flint-epoch': '2' }, new Uint8Array([9, 1]))
  expect(await withState(bulk, cutOff.from)).toEqual(later)
  expect(await withState(bulk, { sessionId: 's1', origin: 'http://127.0.0.1:1' })).toEqual(later)
  const gone = await serving(404, {}, new Uint8Array())
  expect(await withState(bulk, gone.from)).toEqual({ ok: false, error: { code: 'not_found' } })
})
