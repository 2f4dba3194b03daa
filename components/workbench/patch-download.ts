import type { BaseId } from '#protocol/bases.ts'

export type PatchRefusal = { title: string; description: string }

export const patchPath = (sessionId: string, baseId: BaseId): string => `/api/sessions/${sessionId}/patch?since=${baseId}`

/**
 * Why the server would not send this patch, in words; undefined where it would. Asked before, because a browser says nothing about a
 * download that is refused. Never rejects.
 */
export async function patchRefusal(path: string): Promise<PatchRefusal | undefined> {
  const title = 'No patch was exported'
  try {
    const { ok, status } = await fetch(path, { method: 'HEAD' })
    if (ok) return undefined
    const gone = 'The files as they were then are not stored. Choose another version to compare with.'
    return { title, description: status === 404 ? gone : 'The server could not make it. Try again.' }
  } catch {
    return { title, description: 'The server does not answer. Check that Flint is running and try again.' }
  }
}
