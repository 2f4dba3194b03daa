import type {
  ConflictChoice,
  CreatedSession,
  CreateSessionBody,
  ImportedInto,
  RecentSession,
  RenameSessionBody,
  SampleInfo,
} from '#protocol/http.ts'
import type { BackendInfo } from '#protocol/sessions.ts'
import type { Recovered } from '#protocol/sharing.ts'
import { call, json } from '#session/http-call.ts'

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

/** Brings a zip into a session that has files already. `keepFolder` as above. */
export function importInto(
  sessionId: string,
  { zip, keepFolder, folder, conflict }: { zip: Blob; keepFolder: boolean; folder: string; conflict: ConflictChoice },
  signal: AbortSignal,
) {
  const query = new URLSearchParams({ folder, conflict, ...(keepFolder && { keep: 'folder' }) })
  return call<ImportedInto>(`/api/sessions/${sessionId}/files?${query}`, {
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

export function recover(code: string) {
  return call<Recovered>('/api/recover', json('POST', { code }))
}
