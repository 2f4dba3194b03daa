import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { FlintServer } from './flint-server.ts'
import { expect, shot, startFromSample, test } from './journey.ts'

type Answer = { status: number; headers: IncomingHttpHeaders; body: string }

/** A request as no browser would let a page make it. An upgrade that is accepted answers 101. */
function ask(
  url: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: OutgoingHttpHeaders; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() }),
      )
    })
    asking.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' })
    })
    asking.on('error', reject)
    asking.end(body)
  })
}

test('a browser that is no participant gets no access, as if there were no such session', async ({ page, browser, flint }) => {
  await startFromSample(page, /snake/i)
  const stranger = await browser.newPage()
  for (const address of [page.url(), `${flint.url}/s/no-such-session`]) {
    await stranger.goto(address)
    await expect(stranger.getByRole('heading', { name: 'No access to this session' })).toBeVisible()
    await expect(stranger.getByRole('treeitem')).toHaveCount(0)
  }
  await stranger.screenshot(shot('no-access'))
  const sessionId = new URL(page.url()).pathname.split('/').at(-1)
  const texts = await stranger.request.get(`${flint.url}/api/sessions/${sessionId}/texts`)
  expect([texts.status(), await texts.json()]).toEqual([404, { error: { code: 'not_found' } }])
  await stranger.close()
})

test('a server with a password lets nobody in without it', async ({ page }) => {
  const flint = await FlintServer.start({ ACCESS_PASSWORD: 'a password to guess' })
  try {
    expect((await ask(`${flint.url}/api/sessions`)).status).toBe(403)
    await page.goto(`${flint.url}/s/somewhere`)
    await expect(page).toHaveURL(`${flint.url}/access?next=%2Fs%2Fsomewhere`)
    await page.goto(flint.url)
    await expect(page.getByRole('textbox', { name: 'Password' })).toBeFocused()
    await page.keyboard.type('not the right one')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert').filter({ hasText: 'That is not the password.' })).toBeVisible()
    await page.screenshot(shot('access'))
    await page.getByRole('textbox', { name: 'Password' }).fill('a password to guess')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Start a session' })).toBeVisible()
    await page.getByRole('button', { name: /Empty session/ }).click()
    await expect(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
  } finally {
    // It still loads what it needs later, which fails without its server.
    await page.close()
    await flint.close()
  }
})

test('a foreign host, a foreign origin and a foreign page’s socket are refused', async ({ page, flint }) => {
  await startFromSample(page, /todo/i)
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const { host, origin } = new URL(flint.url)

  const rebound = await ask(flint.url, { headers: { host: 'attacker.example', cookie } })
  expect(rebound).toMatchObject({ status: 421, body: '{"error":{"code":"denied"}}' })

  const post = (headers: OutgoingHttpHeaders) =>
    ask(`${flint.url}/api/sessions`, {
      method: 'POST',
      headers: { host, cookie, 'content-type': 'application/json', ...headers },
      body: '{"from":"empty"}',
    })
  for (const headers of [
    { origin: 'https://attacker.example', 'x-flint': '1' },
    { origin: 'null', 'x-flint': '1' },
    { origin, 'x-flint': '1', 'sec-fetch-site': 'cross-site' },
    { 'x-flint': '1' },
    { origin },
  ]) {
    expect(await post(headers)).toMatchObject({ status: 403, body: '{"error":{"code":"foreign_origin"}}' })
  }
  expect((await post({ origin, 'x-flint': '1' })).status).toBe(200)

  // Socket.IO answers 403 to a request and 400 to an upgrade that it refuses.
  const socket = `${flint.url}/socket.io/?EIO=4&transport=`
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  }
  const connect = async (headers: OutgoingHttpHeaders) => [
    (await ask(`${socket}websocket`, { headers: { host, ...headers, ...upgrade } })).status,
    (await ask(`${socket}polling`, { headers: { host, ...headers } })).status,
  ]
  expect(await connect({ origin, cookie })).toEqual([101, 200])
  expect(await connect({ origin: 'https://attacker.example', cookie })).toEqual([400, 403])
  expect(await connect({ origin: 'http://attacker.example', host: 'attacker.example', cookie })).toEqual([400, 403])
  expect(await connect({ origin })).toEqual([400, 403])
  expect(await connect({ cookie })).toEqual([400, 403])
})

test('every page carries a policy with a nonce of its own, and every script in it that nonce', async ({ page, flint }) => {
  const nonces = new Set<string>()
  for (const path of ['/', '/access', '/s/none', '/no/such/page']) {
    const { headers, body } = await ask(flint.url + path, { headers: { host: new URL(flint.url).host } })
    const policy = String(headers['content-security-policy'])
    const nonce = /script-src 'self' 'nonce-([^']+)';/.exec(policy)?.[1] ?? ''
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe-eval')
    const scripts = body.match(/<script[^>]*>/g) ?? []
    expect(scripts.length).toBeGreaterThan(0)
    expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([])
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(4)

  // A page that is full of eval and of inline scripts of others would be told so by the console, and fail this journey.
  await startFromSample(page, /landing|page/i)
  await expect(page.getByRole('code')).toContainText(/\S/)
  expect(await page.evaluate(() => document.querySelectorAll('script[src]:not([src^="/_next/"])').length)).toBe(0)
})
