import { permits } from '#protocol/roles.ts'
import type { Remover, Turns } from '#turns/turns.ts'
import type { Caller, Handlers } from './connection.ts'

/** Ending turns, and changing which of them wait. */
export function createQueueHandlers(turns: Turns): Pick<Handlers, 'turn.stop' | 'turn.move' | 'turn.remove'> {
  return {
    'turn.stop': async (caller, { turnId }) => {
      await turns.stop(caller.sessionId, turnId, removerOf(caller))
      return {}
    },
    'turn.move': async ({ sessionId }, { turnId, before, after }) => {
      if (before !== undefined) await turns.move(sessionId, turnId, { before })
      else if (after !== undefined) await turns.move(sessionId, turnId, { after })
      return {}
    },
    'turn.remove': async (caller, { turnId }) => {
      await turns.remove(caller.sessionId, turnId, removerOf(caller))
      return {}
    },
  }
}

/** Editors trust each other with the running turn, which writes into everybody's files; a prompt that waits is its author's. */
function removerOf({ participant: { participantId, role } }: Caller): Remover {
  return { participantId, removesAny: permits(role, 'owner') }
}
