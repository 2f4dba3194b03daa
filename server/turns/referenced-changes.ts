import type { Reference } from '#protocol/turns.ts'
import { SessionFailure, type Sessions } from '#sessions/sessions.ts'

/**
 * What changed in the files that are pointed at together with a base, as a patch. No more than `mostCharacters` and the file that goes
 * beyond them are read. Nothing is told of a base that is gone, or goes meanwhile. Rejects once
 * `signal` is aborted.
 */
export async function referencedChanges(
  sessions: Pick<Sessions, 'patch'>,
  sessionId: string,
  references: readonly Reference[],
  mostCharacters: number,
  signal: AbortSignal,
): Promise<string> {
  let changes = ''
  for (const since of new Set(references.flatMap((reference) => reference.since ?? []))) {
    const fileIds = new Set(references.flatMap((reference) => (reference.since === since ? reference.fileId : [])))
    const before = changes
    try {
      for await (const piece of await sessions.patch(sessionId, since, fileIds)) {
        signal.throwIfAborted()
        changes += String(piece).replaceAll('\r\n', '\n')
        if (changes.length > mostCharacters) break
      }
    } catch (error) {
      if (!(error instanceof SessionFailure && error.code === 'not_found')) throw error
      changes = before
    }
  }
  return changes
}
