import type { BaseId } from '#protocol/bases.ts'
import type { ChangesSinceBase } from '#protocol/http.ts'
import { call } from '#session/http-call.ts'

export type ChangesAnswer =
  | { ok: true; changes: ChangesSinceBase['changes'] }
  /** `gone`: there is no such base. */
  | { ok: false; why: 'gone' | 'unreachable' | 'failed' }

/** What differs between the files of a base and now. Rejects only where `signal` aborts it. */
export async function readChanges(sessionId: string, baseId: BaseId, signal: AbortSignal): Promise<ChangesAnswer> {
  const answer = await call<ChangesSinceBase>(`/api/sessions/${sessionId}/changes/${baseId}`, { method: 'GET', signal })
  signal.throwIfAborted()
  if (answer.ok) return { ok: true, changes: answer.value.changes }
  return { ok: false, why: answer.code === 'not_found' ? 'gone' : answer.code === 'unreachable' ? 'unreachable' : 'failed' }
}
