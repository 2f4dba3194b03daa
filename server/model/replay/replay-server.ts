import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  modelNotFound,
  notAuthenticated,
  publicModelNotFound,
  serverError,
  wrongApiFormat,
  wrongKey,
  type ApiError,
} from './api-errors.ts'
import { systemClock, type Clock } from './clock.ts'
import { serveCompletion } from './completions.ts'
import { edgeHeaders, sendError, sendJson, sendUnknownPath } from './http-replies.ts'
import { createPrefixCache } from './prefix-cache.ts'
import { createRateLimits, type RateLimits } from './rate-limits.ts'
import type { Recording } from './recordings.ts'
import { defaultReplayOptions, type ReplayOptions } from './replay-options.ts'
import { describeModel, describePublicModel, findServedModel, modelFormats, servedModels } from './served-models.ts'

/** Longer than a client pauses between requests, so that connections stay warm. */
const keepAliveMs = 5 * 60_000

export type ReplayServerOptions = Partial<ReplayOptions> & {
  recordings: readonly Recording[]
  clock?: Clock
  /** Gives UUIDs. */
  newId?: () => string
  /** Told about bugs; the client gets a 500. */
  onError?: (error: unknown) => void
}

export interface ReplayServer {
  /** Resolves with the base URL, such as `http://127.0.0.1:4010`. Port 0 takes a free one. */
  listen(port: number, host: string): Promise<string>
  /** Cuts every connection. */
  close(): Promise<void>
}

/** An HTTP server that speaks Cerebras's inference API and answers with recordings. */
export function createReplayServer(given: ReplayServerOptions): ReplayServer {
  const { recordings, clock = systemClock, newId = randomUUID, onError = throwLater, ...changes } = given
  const options: ReplayOptions = { ...defaultReplayOptions, ...changes }
  const cache = createPrefixCache(clock)
  const limits = new Map<string, RateLimits>()
  const broken = new Set<string>()

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    for (const [name, value] of Object.entries(edgeHeaders(newId))) response.setHeader(name, value)
    const [pathname = '', query] = (request.url ?? '').split('?', 2)
    const path = `${request.method} ${pathname}`
    if (path === 'GET /v1/tcp_warming') return sendJson(response, 200, {})
    if (path === 'GET /public/v1/models')
      return sendJson(response, 200, { object: 'list', data: servedModels.map(describePublicModel) })
    if (path.startsWith('GET /public/v1/models/')) return sendPublicModel(response, lastPart(pathname))

    const endpoint = endpoints[path]
    const isModels = path === 'GET /v1/models' || path.startsWith('GET /v1/models/')
    if (endpoint === undefined && !isModels) return sendUnknownPath(response)
    const account = authorise(request.headers.authorization, options.key)
    if (!account.ok) return sendError(response, account.error)
    if (endpoint === undefined)
      return sendModels(
        response,
        pathname === '/v1/models' ? undefined : lastPart(pathname),
        new URLSearchParams(query).get('format'),
      )

    const limitsOf = (model: string) => {
      const owner = `${account.key} ${model}`
      const known = limits.get(owner) ?? createRateLimits(options, clock)
      limits.set(owner, known)
      return known
    }
    await serveCompletion(endpoint, request, response, { options, recordings, clock, newId, cache, limitsOf, broken })
  }

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      // A client that leaves while it sends its request is no bug.
      if (!request.complete) return response.destroy()
      onError(error)
      if (response.headersSent) response.destroy()
      else sendError(response, serverError)
    })
  })
  server.keepAliveTimeout = keepAliveMs

  return {
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, () => {
          const { port: bound } = server.address() as AddressInfo
          resolve(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`)
        })
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function throwLater(error: unknown) {
  setImmediate(() => {
    throw error
  })
}

const endpoints: Record<string, 'chat' | 'text'> = {
  'POST /v1/chat/completions': 'chat',
  'POST /v1/completions': 'text',
}

function authorise(
  header: string | undefined,
  onlyKey: string | undefined,
): { ok: true; key: string } | { ok: false; error: ApiError } {
  const key = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1]
  if (key === undefined) return { ok: false, error: notAuthenticated }
  return onlyKey === undefined || key === onlyKey ? { ok: true, key } : { ok: false, error: wrongKey }
}

function sendModels(response: ServerResponse, id: string | undefined, wantedFormat: string | null) {
  const format = modelFormats.find((known) => known === (wantedFormat ?? 'default'))
  if (format === undefined)
    return sendError(response, wrongApiFormat([`query.format: must be one of ${modelFormats.join(', ')}`]))
  if (id === undefined)
    return sendJson(response, 200, { object: 'list', data: servedModels.map((model) => describeModel(model, format)) })
  const model = findServedModel(id)
  return model ? sendJson(response, 200, describeModel(model, format)) : sendError(response, modelNotFound(id))
}

function sendPublicModel(response: ServerResponse, id: string) {
  const model = findServedModel(id)
  return model ? sendJson(response, 200, describePublicModel(model)) : sendError(response, publicModelNotFound(id))
}

function lastPart(pathname: string): string {
  const part = pathname.slice(pathname.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
