import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Proxies } from './proxies.ts'
import { hostName } from './request-guard.ts'

/**
 * A visit remembers who a browser is. The cookie holds 128 random bits; only their SHA-256 is the visit's id, so that a copy of
 * the database opens nothing.
 */
export type Visit = { visitId: string; secret: string }

type CookieName = 'flint-visit' | 'flint-access'

export function newVisit(): Visit {
  return visitOf(randomBytes(16).toString('base64url'))
}

function visitOf(secret: string): Visit {
  return { secret, visitId: createHash('sha256').update(secret).digest('base64url') }
}

/** The cookies of one deployment. */
export type Cookies = {
  /** The visit that a request's cookie names, if it is well-formed. */
  visit(request: IncomingMessage): Visit | undefined
  read(request: IncomingMessage, name: CookieName): string | undefined
  /** `Set-Cookie` for this host alone, for a year. */
  set(request: IncomingMessage, name: CookieName, value: string): string
}

export function createCookies({ saysHttps }: Pick<Proxies, 'saysHttps'>): Cookies {
  /** Chromium stores Secure and `__Host-` cookies on https and on loopback; on plain http in a network it drops them. */
  const isSecure = (request: IncomingMessage): boolean => isLoopback(request) || saysHttps(request)

  /** Cookies ignore the port, so its number keeps two Flints on one machine apart. */
  const fullName = (request: IncomingMessage, name: CookieName): string => {
    const port = /:(\d+)$/.exec(request.headers.host ?? '')?.[1] ?? ''
    return `${isSecure(request) ? '__Host-' : ''}${name}${port}`
  }

  const read: Cookies['read'] = (request, name) => {
    const wanted = fullName(request, name)
    for (const pair of (request.headers.cookie ?? '').split(';')) {
      const [key, value] = pair.trim().split('=', 2)
      if (key === wanted) return value
    }
    return undefined
  }

  return {
    read,
    visit: (request) => {
      const secret = read(request, 'flint-visit')
      return secret !== undefined && /^[A-Za-z0-9_-]{22}$/.test(secret) ? visitOf(secret) : undefined
    },
    set: (request, name, value) => {
      const secure = isSecure(request) ? '; Secure' : ''
      return `${fullName(request, name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000${secure}`
    },
  }
}

function isLoopback(request: IncomingMessage): boolean {
  const name = hostName(request.headers.host) ?? ''
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
}
