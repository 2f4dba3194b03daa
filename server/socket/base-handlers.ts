import type { baseCommands } from '#protocol/bases.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Handlers } from './connection.ts'

export function baseHandlers(sessions: Pick<Sessions, 'removeBase'>): Pick<Handlers, keyof typeof baseCommands> {
  return {
    'base.remove': async ({ sessionId }, { baseId }) => {
      await sessions.removeBase(sessionId, baseId)
      return {}
    },
  }
}
