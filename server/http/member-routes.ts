import { permits, type Role } from '#protocol/roles.ts'
import type { Participant } from '#protocol/sessions.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { refusal, type ApiReply, type Call } from './route.ts'

type MemberHandler = (call: Call, sessionId: string, participant: Participant) => Promise<ApiReply>

/** For routes below a session: who is in it with that role, or a higher one. A stranger is told the same as if there were no such session. */
export function memberRoutes(sessions: Pick<Sessions, 'participant'>) {
  return (role: Role, handle: MemberHandler) =>
    async (call: Call): Promise<ApiReply> => {
      const sessionId = call.ids['sessionId'] ?? ''
      const participant = await sessions.participant(sessionId, call.visitId)
      if (participant === undefined) return refusal(404, 'not_found')
      return permits(participant.role, role) ? handle(call, sessionId, participant) : refusal(403, 'denied')
    }
}
