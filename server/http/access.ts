import { createHash, createHmac, scryptSync, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { createAttempts } from './attempts.ts'
import type { Cookies } from './cookies.ts'
import type { AddressOf } from './proxies.ts'

/** Who may enter at all, before any session is asked for. */
export type Access = {
  /** Whether this visit has given the password, or needs none. */
  granted(request: IncomingMessage, visitId: string): boolean
  /** The cookie that remembers a right password, or why there is none. Guesses are limited per address. */
  enter(
    request: IncomingMessage,
    visitId: string,
    password: string,
  ): Promise<{ cookie: string } | 'wrong_password' | 'rate_limited'>
}

export function createAccess(
  access: { kind: 'loopback' } | { kind: 'open' } | { kind: 'password'; password: string },
  { addressOf, cookies }: { addressOf: AddressOf; cookies: Cookies },
): Access {
  if (access.kind !== 'password') return { granted: () => true, enter: async () => 'wrong_password' }

  // The key depends on the password, so that changing it asks everybody again. It is slow once, at start.
  const key = scryptSync(access.password, 'flint-access', 32)
  const token = (visitId: string) => createHmac('sha256', key).update(visitId).digest('base64url')
  const guesses = createAttempts({ most: 10, seconds: 60 })

  return {
    granted: (request, visitId) => same(cookies.read(request, 'flint-access') ?? '', token(visitId)),
    enter: async (request, visitId, password) => {
      if (!(await guesses.allowed(addressOf(request)))) return 'rate_limited'
      return same(password, access.password)
        ? { cookie: cookies.set(request, 'flint-access', token(visitId)) }
        : 'wrong_password'
    },
  }
}

/** Compares in constant time, whatever the lengths. */
function same(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
