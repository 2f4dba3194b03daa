import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

export type RequestGuard = {
  /** Whether the `Host` header is one of ours. A name of somebody else's that resolves to us is DNS rebinding. */
  knownHost(request: IncomingMessage): boolean
  /** Whether a request that changes something, or opens a socket, comes from a page of this very host. */
  sameOrigin(request: IncomingMessage): boolean
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
    // A same-origin GET (long polling) carries no Origin. A page of somebody else's cannot set this header without asking first.
    if (origin === undefined && request.headers['x-flint'] === '1') return true
    if (origin === undefined || host === undefined || !URL.canParse(origin)) return false
    return new URL(origin).host === host.toLowerCase()
  }

  return { knownHost, sameOrigin }
}

/** The name in a `Host` header, without port and brackets, in lower case. */
export function hostName(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined
  return new URL(`http://${host}`).hostname.replace(/^\[|\]$/g, '')
}
