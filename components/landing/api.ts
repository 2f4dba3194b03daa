import type {
  CreatedSession,
  CreateSessionBody,
  HttpFailure,
  RecentSession,
  RenameSessionBody,
  SampleInfo,
} from '#protocol/http.ts'
import type { BackendInfo } from '#protocol/sessions.ts'

/** `unreachable`: no answer came; `aborted`: the person stopped it. */
export type CallFailure = HttpFailure['error']['code'] | 'unreachable' | 'aborted'
export type CallResult<Value> = { ok: true; value: Value } | { ok: false; code: CallFailure }

async function call<Value>(path: string, init: RequestInit = {}): Promise<CallResult<Value>> {
  try {
    const mutates = init.method !== undefined
    const headers = new Headers(init.headers)
    if (mutates) headers.set('x-flint', '1')
    const response = await fetch(path, { ...init, headers })
    const body: unknown = await response.json().catch(() => undefined)
    if (response.ok && body !== undefined) return { ok: true, value: body as Value }
    return { ok: false, code: (body as HttpFailure | undefined)?.error?.code ?? 'internal' }
  } catch {
    return { ok: false, code: init.signal?.aborted ? 'aborted' : 'unreachable' }
  }
}

function json(method: 'POST' | 'PATCH', body: unknown): RequestInit {
  return { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

export function fetchSamples() {
  return call<{ samples: SampleInfo[] }>('/api/samples')
}

export function fetchRecentSessions() {
  return call<{ sessions: RecentSession[] }>('/api/sessions')
}

export function fetchStatus() {
  return call<{ backends: BackendInfo[] }>('/api/status')
}

export function createSession(body: CreateSessionBody) {
  return call<CreatedSession>('/api/sessions', json('POST', body))
}

/** `keepFolder`: a single folder around everything belongs to the files, since it was packed here and not by a person. */
export function importSession(
  { name, zip, keepFolder }: { name: string; zip: Blob; keepFolder: boolean },
  signal: AbortSignal,
) {
  const query = new URLSearchParams({ name, ...(keepFolder && { folder: 'keep' }) })
  return call<CreatedSession>(`/api/sessions?${query}`, {
    method: 'POST',
    body: zip,
    headers: { 'content-type': 'application/zip' },
    signal,
  })
}

export function renameSession(sessionId: string, body: RenameSessionBody) {
  return call<unknown>(`/api/sessions/${sessionId}`, json('PATCH', body))
}

export function deleteSession(sessionId: string) {
  return call<unknown>(`/api/sessions/${sessionId}`, { method: 'DELETE' })
}

export function givePassword(password: string) {
  return call<unknown>('/api/access', json('POST', { password }))
}
