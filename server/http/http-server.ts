import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Logger } from 'pino'
import type { Access } from './access.ts'
import { newVisit, type Cookies } from './cookies.ts'
import { refusal, takesGzip, type ApiReply, type JsonReply, type StreamReply } from './route.ts'
import type { RequestGuard } from './request-guard.ts'
import { secure } from './security-headers.ts'

type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Every HTTP request passes here: security headers, host check, visit, access, origin; then the API answers or Next renders.
 * Nothing that a client sends may throw out of it.
 */
export function createHttpServer({
  guard,
  cookies,
  access,
  api,
  page,
  log,
  development,
}: {
  guard: RequestGuard
  cookies: Cookies
  access: Access
  api: (request: IncomingMessage, url: URL, visitId: string, granted: boolean) => Promise<ApiReply>
  page: PageHandler
  log: Logger
  development: boolean
}): Server {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    secure(request, response, development)
    if (!guard.knownHost(request)) return reply(request, response, refusal(421, 'denied'))
    const base = `http://${request.headers.host}`
    if (!URL.canParse(request.url ?? '/', base)) return reply(request, response, refusal(400, 'invalid_payload'))
    const url = new URL(request.url ?? '/', base)
    if (url.pathname.startsWith('/_next/') || url.pathname === '/favicon.svg') return page(request, response)

    // Only a cookie: whoever never comes back leaves nothing in the store.
    const known = cookies.visit(request)
    const visit = known ?? newVisit()
    if (known === undefined) response.setHeader('Set-Cookie', cookies.set(request, 'flint-visit', visit.secret))
    const granted = access.granted(request, visit.visitId)

    if (url.pathname.startsWith('/api/')) {
      const reads = request.method === 'GET' || request.method === 'HEAD'
      if (!reads && (!guard.sameOrigin(request) || request.headers['x-flint'] !== '1')) {
        return reply(request, response, refusal(403, 'foreign_origin'))
      }
      const answered = await api(request, url, visit.visitId, granted)
      return 'stream' in answered ? send(request, response, answered) : reply(request, response, answered)
    }
    if (!granted && url.pathname !== '/access') {
      response.writeHead(303, { Location: `/access?next=${encodeURIComponent(url.pathname)}` }).end()
      return
    }
    await page(request, response)
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      // The client went away in the middle of its request.
      if (response.destroyed) return
      log.error({ err: error, method: request.method, path: request.url?.split('?')[0] }, 'request failed')
      if (response.headersSent) response.destroy()
      else reply(request, response, refusal(500, 'internal'))
    })
  })
}

/** Sends a stream as it comes; where the client goes away, the stream is ended. */
async function send(
  request: IncomingMessage,
  response: ServerResponse,
  { status, stream, compress, headers }: StreamReply,
): Promise<void> {
  response.setHeader('Cache-Control', 'no-store')
  const isCompressed = compress === true && takesGzip(request)
  if (isCompressed) response.setHeader('Content-Encoding', 'gzip')
  response.writeHead(status, headers)
  if (request.method === 'HEAD') {
    stream.destroy()
    response.end()
  } else if (isCompressed) {
    await pipeline(stream, createGzip(), response)
  } else {
    await pipeline(stream, response)
  }
}

/** Sends JSON, compressed where it is long and the client takes it. */
function reply(request: IncomingMessage, response: ServerResponse, { status, body, headers }: JsonReply): void {
  const json = JSON.stringify(body)
  for (const [name, value] of Object.entries(headers ?? {})) response.appendHeader(name, value)
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  response.statusCode = status
  if (json.length > 4_096 && takesGzip(request)) {
    response.setHeader('Content-Encoding', 'gzip')
    const zip = createGzip()
    zip.pipe(response)
    zip.end(json)
  } else {
    response.end(json)
  }
}
