import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { pushOverHttp } from './large-push.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

/** Answers every request alike. */
async function answering(status: number, body: string, headers: Record<string, string> = {}) {
  const http = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(status, headers).end(body))
  })
  closers.push(() => http.close().closeAllConnections())
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
}

const push = { fileId: 'f1', pushId: 'p1', epoch: 0, update: new Uint8Array([1, 2, 3]) }

test('the server answers with the place in the log', async () => {
  const origin = await answering(200, '{"seq":7}')
  expect(await pushOverHttp('s1', push, origin)).toEqual({ ok: true, value: { seq: 7 } })
})

test('a refusal keeps its code', async () => {
  const origin = await answering(409, '{"error":{"code":"resync"}}')
  expect(await pushOverHttp('s1', push, origin)).toEqual({ ok: false, error: { code: 'resync' } })
})

test('a proxy that takes no body of that size is a lasting refusal, not a reason to send it again and again', async () => {
  const origin = await answering(413, '<html>413 Request Entity Too Large</html>')
  expect(await pushOverHttp('s1', push, origin)).toEqual({ ok: false, error: { code: 'too_large' } })
})

test('any other answer that is not ours passes', async () => {
  const origin = await answering(502, '<html>502 Bad Gateway</html>')
  expect(await pushOverHttp('s1', push, origin)).toEqual({ ok: false, error: { code: 'unavailable' } })
})
