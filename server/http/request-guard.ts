import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

export type RequestGuard = {
  /** Whether the `Host` header is one of ours. A name of somebody else's that resolves to us is DNS rebinding. */
  knownHost(request: IncomingMessage): boolean
  /** Whether a request that changes something comes from a page of this very host. */
  sameOrigin(request: IncomingMessage): boolean
  /** Whether the handshake of a socket comes from such a page. */
  mayConnect(request: IncomingMessage): boolean
}

/** IP literals and localhost cannot be rebound; any other name has to be listed. */
export function createRequestGuard({ allowedHosts }: { allowedHosts: string[] }): RequestGuard {
  const allowed = new Set(allowedHosts.map((host) => host.toLowerCase()))

  const knownHost = (request: IncomingMessage) => {
    const name = hostName(request.headers.host)
    return name !== undefined && (name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0 || allowed.has(name))
  }

  const sameOrigin = (request: IncomingMessage) => {
    const site = request.headers['sec-fetch-site']
    if (site !== undefined && site !== 'same-origin') return false
    const { origin, host } = request.headers
    if (origin === undefined || host === undefined || !URL.canParse(origin)) return false
    return new URL(origin).host === host.toLowerCase()
  }

  const mayConnect = (request: IncomingMessage) => {
    const { origin, upgrade } = request.headers
    // A GET to the same origin (long polling) carries no Origin. A page of somebody else's cannot set our header without asking first.
    if (origin === undefined && upgrade === undefined) return request.headers['x-flint'] === '1'
    return sameOrigin(request)
  }

  return { knownHost, sameOrigin, mayConnect }
}

/** The name in a `Host` header, without port and brackets, in lower case. */
export function hostName(host: string | undefined): string | undefined {
  // Nothing that belongs to another part of a URL: `somebody@localhost` parses as localhost.
  if (host === undefined || /[^\w.:[\]-]/.test(host) || !URL.canParse(`http://${host}`)) return undefined
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
}
