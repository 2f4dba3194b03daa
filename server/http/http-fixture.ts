import { request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { createDocuments } from '#documents/create-documents.ts'
import type { Documents } from '#documents/documents.ts'
import type { ChangesSinceBase } from '#protocol/http.ts'
import { createSessions } from '#sessions/create-sessions.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { openStore } from '#store/open-store.ts'
import { TurnRefused } from '#turns/turns.ts'
import { createAccess } from './access.ts'
import { createAttempts } from './attempts.ts'
import { createApi } from './api.ts'
import { serverCloser } from './close-server.ts'
import { createCookies } from './cookies.ts'
import { createHttpServer } from './http-server.ts'
import { createProxies } from './proxies.ts'
import { createRequestGuard } from './request-guard.ts'

export type Answer = { status: number; headers: IncomingMessage['headers']; text: string; json: unknown }

type Ask = {
  method?: string
  /** Instead of the server's own address. */
  host?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

export type Fixture = {
  server: Server
  port: number
  sessions: Sessions
  documents: Documents
  logged: Record<string, unknown>[]
  /** What changed since the turns that have a checkpoint, by session and turn. */
  changes: Map<string, ChangesSinceBase>
  close: () => Promise<void>
  /** One request on a connection of its own. */
  ask(path: string, request?: Ask): Promise<Answer>
  /** The same as a browser with a cookie sends it from a page of this server. */
  change(method: string, path: string, request?: Ask): Promise<Answer>
}

type Options = {
  password?: string
  allowedHosts?: string[]
  trustedProxies?: string[]
  page?: (request: IncomingMessage, response: ServerResponse) => Promise<void>
}

/** The real server on port 0 over a real store in memory; only the pages are the test's own. */
export async function startHttpFixture({
  password,
  allowedHosts = [],
  trustedProxies = [],
  page = pageText,
}: Options = {}): Promise<Fixture> {
  const logged: Record<string, unknown>[] = []
  const log = pino(
    { level: 'warn' },
    { write: (line: string) => void logged.push(JSON.parse(line) as Record<string, unknown>) },
  )
  const store = await openStore({ file: ':memory:', log })
  const documents = createDocuments({ store, log })
  let id = 0
  const sessions = createSessions({
    store,
    documents,
    samplesDir: fileURLToPath(new URL('../sessions/samples', import.meta.url)),
    clock: () => 1_000,
    ids: () => `id${(id += 1)}`,
    defaultBackend: () => ({ backendId: 'replay', model: 'm' }),
    log,
  })
  const changes = new Map<string, ChangesSinceBase>()
  const proxies = createProxies(trustedProxies)
  const { addressOf } = proxies
  const cookies = createCookies(proxies)
  const creations = createAttempts({ most: 20, seconds: 600 })
  const access = createAccess(password === undefined ? { kind: 'loopback' } : { kind: 'password', password }, {
    addressOf,
    cookies,
  })
  const server = createHttpServer({
    guard: createRequestGuard({ allowedHosts }),
    cookies,
    access,
    api: createApi({
      sessions,
      documents,
      access,
      backends: () => [],
      changesSince: async (sessionId, turnId) => {
        const since = changes.get(`${sessionId} ${turnId}`)
        if (since === undefined) throw new TurnRefused('not_found')
        return since
      },
      addressOf,
      mayCreate: creations.allowed,
      log,
    }),
    page,
    log,
    development: false,
  })
  const close = serverCloser(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  onTestFinished(async () => {
    await close()
    await sessions.close()
    await documents.close()
    await store.close()
  })

  const ask = (path: string, { method = 'GET', host = `127.0.0.1:${port}`, headers = {}, body }: Ask = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path, method, agent: false, headers: { ...headers, host } }
      const sent = send(options, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(answerOf(response, Buffer.concat(chunks))))
      })
      sent.on('error', reject)
      sent.end(body)
    })
  return {
    server,
    port,
    sessions,
    documents,
    logged,
    changes,
    close,
    ask,
    change: (method, path, { host = `127.0.0.1:${port}`, headers, ...rest } = {}) =>
      ask(path, { method, host, headers: { origin: `http://${host}`, 'x-flint': '1', ...headers }, ...rest }),
  }
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer): Answer {
  const text = (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString()
  const isJson = headers['content-type']?.startsWith('application/json') === true && text !== ''
  return { status: statusCode, headers, text, json: isJson ? JSON.parse(text) : undefined }
}

async function pageText(_request: IncomingMessage, response: ServerResponse): Promise<void> {
  response.end('a page')
}

/** What a browser sends back of the cookies that it was given. */
export function cookiesOf({ headers }: Answer): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ')
}

/** A browser that has been here before, and a session of its own. */
export async function member({ ask, change }: Fixture): Promise<{ cookie: string; sessionId: string }> {
  const cookie = cookiesOf(await ask('/'))
  const body = JSON.stringify({ from: 'sample', sampleId: 'snake' })
  const { sessionId } = (await change('POST', '/api/sessions', { headers: { cookie }, body })).json as { sessionId: string }
  return { cookie, sessionId }
}
