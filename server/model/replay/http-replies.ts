import type { ServerResponse } from 'node:http'
import type { ApiError } from './api-errors.ts'

/** What the provider's edge puts on every response. `newId` gives UUIDs. */
export function edgeHeaders(newId: () => string): Record<string, string> {
  return {
    server: 'cloudflare',
    'cf-cache-status': 'DYNAMIC',
    'cf-ray': `${newId().replaceAll('-', '').slice(0, 16)}-FRA`,
  }
}

export function sendJson(response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}) {
  const text = JSON.stringify(body)
  response.writeHead(status, { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

export function sendError(response: ServerResponse, error: ApiError) {
  sendJson(response, error.status, error.body, error.headers)
}

/** How the provider answers every path that it does not have. */
export function sendUnknownPath(response: ServerResponse) {
  response.writeHead(404, { 'content-type': 'text/plain', 'content-length': 0 })
  response.end()
}
