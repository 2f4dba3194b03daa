import type { LinkLook, StandingReply } from '#protocol/sharing.ts'
import { call, json } from '#session/http-call.ts'

export function lookAtLink(sessionId: string, secret: string) {
  return call<LinkLook>(`/api/sessions/${sessionId}/link`, json('POST', { secret }))
}

export function joinThroughLink(sessionId: string, secret: string, name?: string) {
  return call<StandingReply>(`/api/sessions/${sessionId}/join`, json('POST', { secret, ...(name !== undefined && { name }) }))
}

export function readStanding(sessionId: string) {
  return call<StandingReply>(`/api/sessions/${sessionId}/standing`)
}
