import type { ReplaceBody, ReplaceReply, ReplaceUndone, SearchBody, SearchLine } from '#protocol/search.ts'
import { call, failureOf, json, send, type CallFailure, type CallResult } from '#session/http-call.ts'

/**
 * Searches a session's files and tells line by line what is found. Aborting ends it on the server too. Resolves to why it did not
 * come to its end, or undefined. Never rejects.
 */
export async function searchFiles(
  sessionId: string,
  body: SearchBody,
  { signal, onLine }: { signal: AbortSignal; onLine(line: SearchLine): void },
): Promise<CallFailure | undefined> {
  try {
    const response = await send(`/api/sessions/${sessionId}/search`, { ...json('POST', body), signal })
    if (!response.ok || response.body === null) return await failureOf(response)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return rest === '' ? undefined : 'unreachable'
      const lines = (rest + value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) onLine(JSON.parse(line) as SearchLine)
    }
  } catch {
    return signal.aborted ? 'aborted' : 'unreachable'
  }
}

export function replaceInFiles(sessionId: string, body: ReplaceBody): Promise<CallResult<ReplaceReply>> {
  return call(`/api/sessions/${sessionId}/replace`, json('POST', body))
}

export function undoReplace(sessionId: string, replaceId: string): Promise<CallResult<ReplaceUndone>> {
  return call(`/api/sessions/${sessionId}/replace/${replaceId}/undo`, json('POST', {}))
}
