import type { IncomingMessage } from 'node:http'
import type { Access } from '#http/access.ts'
import type { Cookies } from '#http/cookies.ts'
import type { RequestGuard } from '#http/request-guard.ts'

/** The visit that may open a socket with this request: host, origin, cookie and password are as they have to be. */
export function identify(
  request: IncomingMessage,
  { guard, access, cookies }: { guard: RequestGuard; access: Access; cookies: Cookies },
): string | undefined {
  if (!guard.knownHost(request) || !guard.mayConnect(request)) return undefined
  const visit = cookies.visit(request)
  return visit !== undefined && access.granted(request, visit.visitId) ? visit.visitId : undefined
}
