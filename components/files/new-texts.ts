import type { FileNode } from '#protocol/sessions.ts'

/** Tells, of each later state of the files, which texts came since the one before: a file that is imported has no edits to hear of. */
export function newTextsOf(files: readonly FileNode[]): (now: readonly FileNode[]) => string[] {
  let seen = files
  let known = new Set(files.map(({ fileId }) => fileId))
  return (now) => {
    if (now === seen) return []
    const come = now.filter(({ fileId, kind }) => kind === 'text' && !known.has(fileId)).map(({ fileId }) => fileId)
    seen = now
    known = new Set(now.map(({ fileId }) => fileId))
    return come
  }
}
