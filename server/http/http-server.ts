import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createGzip } from 'node:zlib'
import type { Logger } from 'pino'
import type { Access } from './access.ts'
import { refusal, type ApiReply } from './api.ts'
import type { RequestGuard } from './request-guard.ts'
import { secure } from './security-headers.ts'
import { newVisit, readVisit, visitCookie } from './visits.ts'

type PageHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * Every HTTP request passes here: security headers, host check, visit, access, origin; then the API answers or Next renders.
 * Nothing that a client sends may throw out of it.
 */
export function createHttpServer({
  guard,
  access,
  api,
  page,
  log,
  development,
}: {
  guard: RequestGuard
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
    const known = readVisit(request)
    const visit = known ?? newVisit()
    if (known === undefined) response.setHeader('Set-Cookie', visitCookie(request, visit))
    const granted = access.granted(request, visit.visitId)

    if (url.pathname.startsWith('/api/')) {
      const reads = request.method === 'GET' || request.method === 'HEAD'
      if (!reads && (!guard.sameOrigin(request) || request.headers['x-flint'] !== '1')) {
        return reply(request, response, refusal(403, 'foreign_origin'))
      }
      return reply(request, response, await api(request, url, visit.visitId, granted))
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

/** Sends JSON, compressed where it is long and the client takes it. */
function reply(request: IncomingMessage, response: ServerResponse, { status, body, headers }: ApiReply): void {
  const json = JSON.stringify(body)
  for (const [name, value] of Object.entries(headers ?? {})) response.appendHeader(name, value)
  response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.setHeader('Cache-Control', 'no-store')
  response.statusCode = status
  if (json.length > 4_096 && /\bgzip\b/.test(String(request.headers['accept-encoding']))) {
    response.setHeader('Content-Encoding', 'gzip')
    const zip = createGzip()
    zip.pipe(response)
    zip.end(json)
  } else {
    response.end(json)
  }
}
