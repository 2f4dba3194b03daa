import type { CheckpointChanges, HttpFailure } from '#protocol/http.ts'

export type CheckpointAnswer =
  | { ok: true; changes: CheckpointChanges['changes'] }
  /** `gone`: there is no such checkpoint. */
  | { ok: false; why: 'gone' | 'unreachable' | 'failed' }

/** What differs between the files before a turn and now. Rejects only where `signal` aborts it. */
export async function readCheckpoint(sessionId: string, turnId: string, signal: AbortSignal): Promise<CheckpointAnswer> {
  try {
    const response = await fetch(`/api/sessions/${sessionId}/checkpoints/${turnId}`, { headers: { 'x-flint': '1' }, signal })
    if (response.ok) return { ok: true, changes: ((await response.json()) as CheckpointChanges).changes }
    const body = (await response.json().catch(() => undefined)) as HttpFailure | undefined
    return { ok: false, why: body?.error.code === 'not_found' ? 'gone' : 'failed' }
  } catch (error) {
    if (signal.aborted) throw error
    return { ok: false, why: 'unreachable' }
  }
}
