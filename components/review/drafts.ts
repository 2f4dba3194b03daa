/** What somebody has begun to write outlives the place where they write it, and a reload. Private windows simply forget it. */
const keyOf = (sessionId: string, key: string) => `flint-draft:${sessionId}:${key}`

export type Draft = { body: string; suggestion?: string }

export function readDraft(sessionId: string, key: string): Draft {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(sessionId, key)) ?? 'null')
    if (stored === null || typeof stored !== 'object' || !('body' in stored) || typeof stored.body !== 'string') {
      return { body: '' }
    }
    const suggestion = 'suggestion' in stored && typeof stored.suggestion === 'string' ? stored.suggestion : undefined
    return { body: stored.body, ...(suggestion === undefined ? {} : { suggestion }) }
  } catch {
    return { body: '' }
  }
}

export function keepDraft(sessionId: string, key: string, draft: Draft): void {
  try {
    if (draft.body.trim() === '' && draft.suggestion === undefined) localStorage.removeItem(keyOf(sessionId, key))
    else localStorage.setItem(keyOf(sessionId, key), JSON.stringify(draft))
  } catch {
    // Not remembered; the text is still in its field.
  }
}
