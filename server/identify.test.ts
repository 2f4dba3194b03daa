import { expect, test } from 'vitest'
import { createAccess } from '#http/access.ts'
import { createCookies, newVisit } from '#http/cookies.ts'
import { createProxies } from '#http/proxies.ts'
import { createRequestGuard } from '#http/request-guard.ts'
import { RawSocket } from '#socket/raw-socket.ts'
import { startSocketFixture } from '#socket/socket-fixture.ts'
import { identify } from './identify.ts'

/** A server whose sockets are identified as the app's are, and the headers of a browser that was here before. */
async function setUp(password?: string, trustedProxies: string[] = []) {
  const guard = createRequestGuard({ allowedHosts: ['flint.example'] })
  const proxies = createProxies(trustedProxies)
  const cookies = createCookies(proxies)
  const rule = password === undefined ? { kind: 'loopback' as const } : { kind: 'password' as const, password }
  const access = createAccess(rule, { addressOf: proxies.addressOf, cookies })
  const fixture = await startSocketFixture({ identify: (request) => identify(request, { guard, access, cookies }) })
  const { host, port } = new URL(fixture.url)
  const own = { origin: fixture.url, cookie: `__Host-flint-visit${port}=${newVisit().secret}` }
  return { ...fixture, host, own }
}

test('[C1] a page of this host connects with its cookie', async () => {
  const { url, own } = await setUp()
  const socket = await RawSocket.open(url, own)
  expect(socket.status).toContain(' 101 ')
  expect(await socket.ask('session.join', { sessionId: 'none', cursors: [] })).toEqual({
    ok: false,
    error: { code: 'not_found' },
  })
})

test.each([
  ['another page', { origin: 'https://attacker.example' }],
  ['a page of another port', { origin: 'http://127.0.0.1:1' }],
  ['a file', { origin: 'null' }],
  ['no page', { origin: '' }],
  ['a host that is not ours', { origin: 'http://attacker.example', host: 'attacker.example' }],
  ['a frame of another site', { 'sec-fetch-site': 'cross-site' }],
  ['a browser without a cookie', { cookie: '' }],
  ['a cookie of another shape', { cookie: 'flint-visit=short' }],
])('[C1] %s gets no socket, and is logged', async (_what, headers) => {
  const { url, own, warnings } = await setUp()
  const refused = await RawSocket.open(url, { ...own, ...headers })
  expect(refused.status).toContain(' 400 ')
  await refused.closed
  expect(warnings).toEqual(['connection refused'])
  expect((await RawSocket.open(url, own)).status).toContain(' 101 ')
})

test('[C1] which cookie counts is decided by what a proxy of our own says, and by nobody else', async () => {
  const { secret } = newVisit()
  const headers = { host: 'flint.example', origin: 'https://flint.example', 'x-forwarded-proto': 'https' }
  const status = async (url: string, cookie: string) => (await RawSocket.open(url, { ...headers, cookie })).status
  const behind = await setUp(undefined, ['127.0.0.1'])
  expect(await status(behind.url, `__Host-flint-visit=${secret}`)).toContain(' 101 ')
  expect(await status(behind.url, `flint-visit=${secret}`)).toContain(' 400 ')
  const alone = await setUp()
  expect(await status(alone.url, `__Host-flint-visit=${secret}`)).toContain(' 400 ')
  expect(await status(alone.url, `flint-visit=${secret}`)).toContain(' 101 ')
})

test('[C1] a browser that has not given the password gets no socket', async () => {
  const { url, own } = await setUp('a password to guess')
  expect((await RawSocket.open(url, own)).status).toContain(' 400 ')
})

test('[C1] polling is refused as an upgrade is: without a cookie, from elsewhere, and without our header', async () => {
  const { url, own } = await setUp()
  const poll = (headers: Record<string, string>) =>
    fetch(`${url}/socket.io/?EIO=4&transport=polling`, { headers }).then((answer) => answer.status)
  const { cookie } = own
  expect(await poll({ cookie, 'x-flint': '1' })).toBe(200)
  expect(await poll({ cookie })).toBe(403)
  expect(await poll({ 'x-flint': '1' })).toBe(403)
  expect(await poll({ cookie, 'x-flint': '1', origin: 'https://attacker.example' })).toBe(403)
})

test('[C1] a polling connection cannot be taken over by who only knows its id, and nothing is sent without a handshake', async () => {
  const { url, own, warnings } = await setUp()
  const polling = `${url}/socket.io/?EIO=4&transport=polling`
  const opened = await fetch(polling, { headers: { cookie: own.cookie, 'x-flint': '1' } })
  const { sid } = JSON.parse((await opened.text()).slice(1)) as { sid: string }
  const take = (id: string, init: RequestInit) => fetch(`${polling}&sid=${id}`, init).then((answer) => answer.status)
  expect(await take('unknown', { method: 'POST', body: '40' })).toBe(400)
  expect(await take(sid, { method: 'POST', body: 'x'.repeat(2_000_000), headers: { cookie: own.cookie } })).not.toBe(200)
  expect(warnings).toEqual([])
})
