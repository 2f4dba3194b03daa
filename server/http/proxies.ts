import type { IncomingMessage } from 'node:http'

export type AddressOf = (request: IncomingMessage) => string

export type Proxies = {
  /** The address that a request comes from, for limits per address. */
  addressOf: AddressOf
  /** Whether the browser speaks https with the proxy in front of us. */
  saysHttps(request: IncomingMessage): boolean
}

/** What `X-Forwarded-…` says is believed only as far as proxies of our own wrote it: anybody may send these headers. */
export function createProxies(trustedProxies: readonly string[]): Proxies {
  const trusted = new Set(trustedProxies.map(plain))
  const senderOf = (request: IncomingMessage) => plain(request.socket.remoteAddress ?? '')
  return {
    addressOf: (request) => {
      let address = senderOf(request)
      const hops = String(request.headers['x-forwarded-for'] ?? '')
        .split(',')
        .map((hop) => plain(hop.trim()))
        .filter((hop) => hop !== '')
      while (trusted.has(address) && hops.length > 0) address = hops.pop() ?? address
      return address
    },
    // The last word is the nearest proxy's own.
    saysHttps: (request) =>
      trusted.has(senderOf(request)) &&
      String(request.headers['x-forwarded-proto'] ?? '')
        .split(',')
        .at(-1)
        ?.trim() === 'https',
  }
}

/** Without the prefix of an IPv4 address that came over an IPv6 socket. */
function plain(address: string): string {
  return address.toLowerCase().replace(/^::ffff:(?=\d)/, '')
}
