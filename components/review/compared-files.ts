import type { ChangesSinceBase } from '#protocol/http.ts'
import type { FileNode } from '#protocol/sessions.ts'

/** A file that differs from what it was in a base. */
export type ComparedFile = {
  fileId: string
  /** Path now; where the file is gone, the path it had. */
  path: string
  kind: ChangesSinceBase['changes'][number]['kind']
  pathBefore: string
  /** Its text in the base; empty where it did not exist, null where it is not text. */
  before: string | null
  lines?: { added: number; deleted: number }
}

/** Brings what the server told in line with the tree as it is by now: files may have moved or gone since. By path. */
export function comparedFiles(
  changes: ChangesSinceBase['changes'],
  files: readonly Pick<FileNode, 'fileId' | 'path' | 'kind'>[],
): ComparedFile[] {
  const live = new Map(files.map((file) => [file.fileId, file]))
  return changes
    .flatMap((change): ComparedFile[] => {
      const now = live.get(change.fileId)
      // Made since and gone since it was read: there is nothing on either side.
      if (now === undefined && change.kind === 'created') return []
      const pathBefore = change.pathBefore ?? change.path
      const path = now?.path ?? pathBefore
      const isText = change.kind === 'created' ? now?.kind === 'text' : change.before !== null
      return [
        {
          fileId: change.fileId,
          path,
          kind: kindNow(change.kind, now !== undefined, path !== pathBefore),
          pathBefore,
          before: isText ? (change.before ?? '') : null,
          ...(change.lines === undefined ? {} : { lines: change.lines }),
        },
      ]
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : 0))
}

function kindNow(told: ComparedFile['kind'], exists: boolean, moved: boolean): ComparedFile['kind'] {
  if (!exists) return 'deleted'
  if (told === 'created') return 'created'
  return moved ? 'renamed' : 'changed'
}
