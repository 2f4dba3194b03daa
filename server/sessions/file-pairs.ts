import type { FileNode } from '#protocol/sessions.ts'
import type { BaseFile } from '#store/base-records.ts'
import type { FileVersion } from '#store/store.ts'

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

/**
 * Makes one of a file that is gone and a new one with the same content, as git does with exact renames: nobody told that it was moved, in
 * a zip nobody could. Files of one name go first; empty ones are all the same and say nothing. `versions`: those of the session's files.
 */
export function pairMoved(pairs: readonly FilePair[], versions: readonly FileVersion[]): FilePair[] {
  const hashNow = new Map(
    versions.flatMap(({ fileId, hash, seq, headSeq }) => (headSeq <= seq ? [[fileId, hash] as const] : [])),
  )
  const gone = new Map<string, BaseFile[]>()
  for (const { before, now } of pairs) {
    if (before !== undefined && now === undefined && before.bytes > 0)
      gone.set(before.hash, [...(gone.get(before.hash) ?? []), before])
  }
  const movedTo = new Map<string, BaseFile>()
  for (const isCandidate of [isSameName, () => true]) {
    for (const { before, now } of pairs) {
      if (before !== undefined || now === undefined || movedTo.has(now.fileId)) continue
      const candidates = gone.get(hashNow.get(now.fileId) ?? '') ?? []
      const found = candidates.findIndex(({ path }) => isCandidate(path, now.path))
      const [file] = found < 0 ? [] : candidates.splice(found, 1)
      if (file !== undefined) movedTo.set(now.fileId, file)
    }
  }
  const moved = new Set(movedTo.values())
  return pairs.flatMap((pair) => {
    if (pair.now === undefined) return pair.before !== undefined && moved.has(pair.before) ? [] : [pair]
    const before = pair.before ?? movedTo.get(pair.now.fileId)
    return [before === undefined ? pair : { before, now: pair.now }]
  })
}

function isSameName(one: string, other: string): boolean {
  return one.slice(one.lastIndexOf('/') + 1) === other.slice(other.lastIndexOf('/') + 1)
}
