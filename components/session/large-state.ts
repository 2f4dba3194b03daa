import type { DocumentOpening, OpenedDocument } from '#protocol/documents.ts'
import type { Result } from '#protocol/failures.ts'
import { splitUpdates } from '#protocol/joined-updates.ts'

/** A document that was opened, with all of its state; the updates are applied one after the other. */
export type WholeDocument = Omit<OpenedDocument, 'update'> & { updates: Uint8Array[] }

/** Fetches the state of a document that was too large for the answer to its opening; others are whole already. */
export async function withState(
  answer: Result<DocumentOpening>,
  {
    sessionId,
    origin = '',
    headers = {},
    signal,
  }: { sessionId: string; origin?: string | undefined; headers?: Record<string, string> | undefined; signal?: AbortSignal },
): Promise<Result<WholeDocument>> {
  if (!answer.ok) return answer
  const opening = answer.value
  if ('update' in opening) {
    const { update, ...opened } = opening
    return { ok: true, value: { ...opened, updates: [update] } }
  }
  const { fileId, clientId, epoch } = opening
  try {
    const response = await fetch(`${origin}/api/sessions/${sessionId}/documents/${fileId}/state`, {
      headers,
      credentials: 'same-origin',
      ...(signal === undefined ? {} : { signal }),
    })
    if (response.status === 404) return { ok: false, error: { code: 'not_found' } }
    // Set back between the answer and the state: the next opening tells what that means.
    if (!response.ok || Number(response.headers.get('x-flint-epoch')) !== epoch) return unavailable
    const seq = Number(response.headers.get('x-flint-seq'))
    // What was told before this tab was in the room would be missing for good.
    if (!(seq >= opening.seq)) return unavailable
    const updates = splitUpdates(new Uint8Array(await response.arrayBuffer()))
    return { ok: true, value: { fileId, clientId, epoch, seq, updates } }
  } catch {
    return unavailable
  }
}

const unavailable: { ok: false; error: { code: 'unavailable' } } = { ok: false, error: { code: 'unavailable' } }
