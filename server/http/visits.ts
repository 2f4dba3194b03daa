import { createHash, randomBytes } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
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

/** The visit that a request's cookie names, if it is well-formed. */
export function readVisit(request: IncomingMessage): Visit | undefined {
  const secret = readCookie(request, 'flint-visit')
  return secret !== undefined && /^[A-Za-z0-9_-]{22}$/.test(secret) ? visitOf(secret) : undefined
}

/** `Set-Cookie` that keeps the visit for a year. */
export function visitCookie(request: IncomingMessage, visit: Visit): string {
  return setCookie(request, 'flint-visit', visit.secret)
}

/** `Set-Cookie` for this host alone, for a year. */
export function setCookie(request: IncomingMessage, name: CookieName, value: string): string {
  const secure = isSecure(request) ? '; Secure' : ''
  return `${fullName(request, name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000${secure}`
}

export function readCookie(request: IncomingMessage, name: CookieName): string | undefined {
  const wanted = fullName(request, name)
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === wanted) return value
  }
  return undefined
}

/** Cookies ignore the port, so its number keeps two Flints on one machine apart. */
function fullName(request: IncomingMessage, name: CookieName): string {
  const port = /:(\d+)$/.exec(request.headers.host ?? '')?.[1] ?? ''
  return `${isSecure(request) ? '__Host-' : ''}${name}${port}`
}

/** Chromium stores Secure and `__Host-` cookies on https and on loopback; on plain http in a network it drops them. */
function isSecure(request: IncomingMessage): boolean {
  const name = hostName(request.headers.host) ?? ''
  const loopback =
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || (isIP(name) === 4 && name.startsWith('127.'))
  return loopback || request.headers['x-forwarded-proto'] === 'https'
}
