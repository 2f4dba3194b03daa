import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { member, startHttpFixture } from './http-fixture.ts'

const error = (code: string) => ({ error: { code } })

describe('who is let in', () => {
  test.each(['evil.example', 'localhost.evil.example', 'somebody@localhost', 'localhost/x'])(
    'the foreign host %s is refused before anything else',
    async (host) => {
      const { ask } = await startHttpFixture({ allowedHosts: ['flint.example'] })
      const { status, json, headers } = await ask('/', { host })
      expect({ status, json }).toEqual({ status: 421, json: error('denied') })
      expect(headers['set-cookie']).toBeUndefined()
    },
  )

  test.each(['localhost:3000', '192.168.1.5', '[::1]:3000', 'app.localhost', 'Flint.Example'])(
    'the host %s is ours',
    async (host) => {
      const { ask } = await startHttpFixture({ allowedHosts: ['flint.example'] })
      expect((await ask('/', { host })).text).toBe('a page')
    },
  )

  test('what changes something has to come from a page of this very host', async () => {
    const fixture = await startHttpFixture()
    const { ask, port } = fixture
    const own = { origin: `http://127.0.0.1:${port}`, 'x-flint': '1' }
    const body = JSON.stringify({ from: 'empty' })
    const refused = [
      { 'x-flint': '1' },
      { origin: own.origin },
      { ...own, 'x-flint': '0' },
      { ...own, origin: 'http://evil.example' },
      { ...own, origin: `http://127.0.0.1:${port + 1}` },
      { ...own, origin: 'null' },
      { ...own, 'sec-fetch-site': 'same-site' },
    ]
    for (const headers of refused) {
      const { status, json } = await ask('/api/sessions', { method: 'POST', headers: headers as Record<string, string>, body })
      expect({ headers, status, json }).toEqual({ headers, status: 403, json: error('foreign_origin') })
    }
    expect((await ask('/api/sessions', { method: 'POST', headers: own, body })).status).toBe(200)
  })

  test('a preflight of another origin is allowed nothing', async () => {
    const { ask } = await startHttpFixture()
    const { status, headers } = await ask('/api/sessions', { method: 'OPTIONS', headers: { origin: 'http://evil.example' } })
    expect(status).toBe(403)
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
})

describe('the visit', () => {
  const attributes = 'Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000'
  test.each([
    ['127.0.0.1:3000', [], `^__Host-flint-visit3000=[\\w-]{22}; ${attributes}; Secure$`],
    ['192.168.1.5:3000', [], `^flint-visit3000=[\\w-]{22}; ${attributes}$`],
    ['flint.example', ['127.0.0.1'], `^__Host-flint-visit=[\\w-]{22}; ${attributes}; Secure$`],
    ['flint.example', ['10.0.0.1'], `^flint-visit=[\\w-]{22}; ${attributes}$`],
  ])('the cookie for %s behind %j holds in browsers', async (host, trustedProxies, cookie) => {
    const { ask } = await startHttpFixture({ allowedHosts: ['flint.example'], trustedProxies })
    // Whoever sends it: it counts where it comes from a proxy of our own.
    const headers = host === 'flint.example' ? { 'x-forwarded-proto': 'https' } : {}
    const answer = await ask('/', { host, headers: headers as Record<string, string> })
    expect(answer.headers['set-cookie']).toEqual([expect.stringMatching(cookie)])
  })

  test('a browser keeps its cookie, and with it its sessions; another one has none of them', async () => {
    const fixture = await startHttpFixture()
    const { cookie, sessionId } = await member(fixture)
    const again = await fixture.ask('/api/sessions', { headers: { cookie } })
    expect(again.headers['set-cookie']).toBeUndefined()
    expect(again.json).toMatchObject({ sessions: [{ sessionId }] })
    expect((await fixture.ask('/api/sessions')).json).toEqual({ sessions: [] })
    const forged = { cookie: `${cookie.split('=')[0]}=not-a-secret` }
    expect((await fixture.ask('/api/sessions', { headers: forged })).headers['set-cookie']).toHaveLength(1)
  })
})

describe('answers', () => {
  test('every answer carries the security headers, with a nonce of its own', async () => {
    const { ask } = await startHttpFixture()
    const asked = [
      ask('/'),
      ask('/'),
      ask('/api/health'),
      ask('/api/nothing'),
      ask('/', { host: 'evil.example' }),
      ask('/_next/x.js'),
    ]
    const answers = await Promise.all(asked)
    const nonces = answers.map(({ headers }) => {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
        'cross-origin-opener-policy': 'same-origin',
      })
      const policy = String(headers['content-security-policy'])
      expect(policy).not.toContain('unsafe-eval')
      expect(policy).toContain("frame-ancestors 'none'")
      return /script-src 'self' 'nonce-([\w+/=]{24})';/.exec(policy)?.[1]
    })
    expect(new Set(nonces).size).toBe(asked.length)
    expect(nonces).not.toContain(undefined)
  })

  test('a page gets the nonce of its answer in the request', async () => {
    const { ask } = await startHttpFixture({
      page: async (request, response) => void response.end(request.headers['content-security-policy']),
    })
    const { text, headers } = await ask('/', { headers: { 'content-security-policy': "script-src 'nonce-mine'" } })
    expect(text).toBe(headers['content-security-policy'])
  })

  test('an unknown route is not found; a HEAD is answered as a GET without its body', async () => {
    const { ask } = await startHttpFixture()
    expect(await ask('/api/nothing')).toMatchObject({ status: 404, json: error('not_found') })
    expect(await ask('/api/health', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
    expect(await ask('/api/health')).toMatchObject({ status: 200, json: { ok: true } })
  })

  test('a bug is answered without its details, which the log has', async () => {
    const { ask, logged } = await startHttpFixture({
      page: async () => {
        throw new Error('the inside of the server')
      },
    })
    const { status, text } = await ask('/s/abc?secret=1')
    expect({ status, text }).toEqual({ status: 500, text: JSON.stringify(error('internal')) })
    expect(logged).toMatchObject([{ msg: 'request failed', path: '/s/abc', err: { message: 'the inside of the server' } }])
    expect(JSON.stringify(logged)).not.toMatch(/secret=1|cookie/)
  })

  test('what is long is compressed for who takes it', async () => {
    const fixture = await startHttpFixture()
    const { cookie, sessionId } = await member(fixture)
    const path = `/api/sessions/${sessionId}/texts`
    const plain = await fixture.ask(path, { headers: { cookie } })
    const zipped = await fixture.ask(path, { headers: { cookie, 'accept-encoding': 'gzip' } })
    expect([plain.headers['content-encoding'], zipped.headers['content-encoding']]).toEqual([undefined, 'gzip'])
    expect(zipped.json).toEqual(plain.json)
  })
})

/** The beginning of a request, as it goes over the wire. */
const post = (length: string, body: string) =>
  ['POST /api/sessions HTTP/1.1', 'Host: localhost', 'Origin: http://localhost', 'X-Flint: 1', length, '', body].join('\r\n')

describe('bodies', () => {
  test.each([['no JSON'], [''], ['{"from":"nowhere"}'], ['{"from":"empty","more":1}'], ['[]']])(
    'the body %j is invalid',
    async (body) => {
      const { change } = await startHttpFixture()
      expect(await change('POST', '/api/sessions', { body })).toMatchObject({ status: 400, json: error('invalid_payload') })
    },
  )

  test('a body above the limit is refused, whether it says its length or is still being sent', async () => {
    const fixture = await startHttpFixture()
    const body = JSON.stringify({ from: 'empty', name: 'x'.repeat(70_000) })
    expect(await fixture.change('POST', '/api/sessions', { body })).toMatchObject({ status: 413, json: error('too_large') })
    const socket = connect(fixture.port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write(post('Transfer-Encoding: chunked', `${body.length.toString(16)}\r\n${body}\r\n`))
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /)
  })

  test('a client that goes away in the middle of its body is no error of the server', async () => {
    const fixture = await startHttpFixture()
    const received = new Promise((resolve) => fixture.server.once('request', resolve))
    const gone = new Promise((resolve) => {
      fixture.server.once('connection', (connection: Socket) => connection.once('close', resolve))
    })
    const socket = connect(fixture.port, '127.0.0.1')
    socket.write(post('Content-Length: 99', '{'))
    await received
    socket.destroy()
    await gone
    await new Promise(setImmediate)
    expect(fixture.logged).toEqual([])
  })
})

test('closing cuts off connections that never end', async () => {
  const fixture = await startHttpFixture()
  const halfRead = connect(fixture.port, '127.0.0.1')
  const cut = new Promise((resolve) => halfRead.once('close', resolve))
  const connected = new Promise((resolve) => fixture.server.once('connection', resolve))
  halfRead.write('POST /api/sessions HTTP/1.1\r\n')
  await connected
  const before = Date.now()
  await fixture.close()
  await cut
  expect(Date.now() - before).toBeLessThan(2_000)
})
