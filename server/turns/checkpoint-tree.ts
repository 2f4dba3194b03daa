import type { FileNode } from '#protocol/sessions.ts'
import { SessionFailure, type Sessions } from '#sessions/sessions.ts'
import type { StoredHunk } from '#store/store.ts'
import type { BaseFile } from '#store/base-records.ts'

/** Why a file could not be brought back. */
export type TreeRefusal = 'path_taken' | 'not_stored'

/** Where a file was before those renames, newest taken back first, as far as nobody has renamed it in between. */
export function pathBeforeRenames(file: FileNode, hunks: readonly StoredHunk[]): { path: string; renames: StoredHunk[] } {
  const renames: StoredHunk[] = []
  let { path } = file
  for (const hunk of hunks.toReversed()) {
    if (hunk.kind !== 'rename' || hunk.state !== 'accepted' || hunk.fileId !== file.fileId || hunk.newPath !== path) continue
    renames.push(hunk)
    path = hunk.path
  }
  return { path, renames }
}

/** Renames files; two may have changed places by way of a third path, so what is taken is tried again after the others. */
export async function renameAll<File extends { fileId: string; to: string }>(
  sessions: Sessions,
  sessionId: string,
  files: readonly File[],
): Promise<{ done: File[]; refused: File[] }> {
  const done: File[] = []
  let left = [...files]
  for (let triedBefore = Infinity; left.length < triedBefore;) {
    triedBefore = left.length
    const refused: File[] = []
    for (const file of left) {
      const renamed = await orRefusal(sessions.renameFile(sessionId, file.fileId, file.to))
      if (typeof renamed === 'string') refused.push(file)
      else done.push(file)
    }
    left = refused
  }
  return { done, refused: left }
}

/** Creates a file of a checkpoint again. */
export async function addAgain(
  sessions: Sessions,
  sessionId: string,
  { path, kind, lineEnding }: BaseFile,
  bytes: Uint8Array | undefined,
): Promise<FileNode | TreeRefusal> {
  if (bytes === undefined) throw new Error(`the checkpoint's content of ${path} is not stored`)
  return orRefusal(sessions.addFile(sessionId, path, { kind, lineEnding, bytes }))
}

async function orRefusal<Value>(change: Promise<Value>): Promise<Value | TreeRefusal> {
  try {
    return await change
  } catch (error) {
    if (!(error instanceof SessionFailure) || error.code === 'unavailable') throw error
    return error.code === 'path_taken' ? 'path_taken' : 'not_stored'
  }
}
