import type { SessionTexts } from '#protocol/http.ts'

/** Reads the session's last stored texts for the language services. A failure leaves them with the opened files. Returns its undo. */
export function loadTexts(sessionId: string, onTexts: (texts: SessionTexts['texts']) => void): () => void {
  const aborting = new AbortController()
  const load = async () => {
    const response = await fetch(`/api/sessions/${sessionId}/texts`, {
      headers: { 'x-flint': '1' },
      signal: aborting.signal,
    })
    if (!response.ok) return
    const { texts } = (await response.json()) as SessionTexts
    if (!aborting.signal.aborted) onTexts(texts)
  }
  load().catch(() => {}) // aborted, or no connection: the socket's banner says so
  return () => aborting.abort()
}
