import type { FileNode } from '#protocol/sessions.ts'
import type { BaseFile } from '#store/base-records.ts'

/** One file as it was in a base and now; one of the two may be missing. */
export type FilePair<Before extends BaseFile = BaseFile> = { before?: Before; now?: FileNode }

/** Pairs files by id; what was deleted and stands at its path again, under another id, is one file too. */
export function pairFiles<Before extends BaseFile>(before: readonly Before[], now: readonly FileNode[]): FilePair<Before>[] {
  const nowById = new Map(now.map((file) => [file.fileId, file]))
  const idsBefore = new Set(before.map(({ fileId }) => fileId))
  const newByPath = new Map(now.flatMap((file) => (idsBefore.has(file.fileId) ? [] : [[file.path, file] as const])))
  const pairs: FilePair<Before>[] = before.map((file) => {
    const same = nowById.get(file.fileId) ?? newByPath.get(file.path)
    if (same !== undefined) newByPath.delete(same.path)
    return same === undefined ? { before: file } : { before: file, now: same }
  })
  return [...pairs, ...Array.from(newByPath.values(), (file) => ({ now: file }))]
}
