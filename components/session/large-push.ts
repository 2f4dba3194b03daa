import type { HttpFailure } from '#protocol/http.ts'
import type { Failure, FailureCode, Result } from '#protocol/failures.ts'
import type { OutgoingPush } from './client-documents.ts'

type HttpCode = HttpFailure['error']['code'] | FailureCode

/** Sends an update that is too large for a socket frame; the same checks and the same answer as `document.push`. */
export async function pushOverHttp(
  sessionId: string,
  { fileId, pushId, epoch, update }: OutgoingPush,
  origin = '',
): Promise<Result<{ seq: number }>> {
  try {
    const response = await fetch(`${origin}/api/sessions/${sessionId}/documents/${fileId}/push`, {
      method: 'POST',
      headers: {
        'x-flint': '1',
        'x-flint-push': pushId,
        'x-flint-epoch': String(epoch),
        'content-type': 'application/octet-stream',
      },
      body: new Blob([Uint8Array.from(update)]),
      credentials: 'same-origin',
    })
    // Not always ours: a proxy in between may take smaller bodies only, and says so in a page of its own.
    if (response.status === 413) return { ok: false, error: { code: 'too_large' } }
    const body = (await response.json()) as { seq: number } | { error: { code: HttpCode } }
    if ('seq' in body) return { ok: true, value: { seq: body.seq } }
    return { ok: false, error: { code: failureCode(body.error.code) } }
  } catch {
    return { ok: false, error: { code: 'unavailable' } }
  }
}

function failureCode(code: HttpCode): Failure['code'] {
  switch (code) {
    case 'foreign_origin':
    case 'wrong_password':
      return 'denied'
    case 'too_many_files':
    case 'too_many_bases':
    case 'session_full':
    case 'not_a_zip':
    case 'nothing_to_import':
    case 'link_expired':
    case 'link_revoked':
    case 'link_used_up':
      return 'internal'
    default:
      return code
  }
}
