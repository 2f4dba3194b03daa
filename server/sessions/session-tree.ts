import { limits } from '#protocol/limits.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Documents } from '#documents/documents.ts'
import type { Store } from '#store/store.ts'
import { textContent, type FileContent } from './file-content.ts'
import { KeyedQueue } from './keyed-queue.ts'
import { normalPath } from './path.ts'
import { PathIndex } from './path-index.ts'
import { SessionFailure, type SessionEvent, type Sessions } from './sessions.ts'

type Tree = Pick<
  Sessions,
  'createFile' | 'addFile' | 'renameFile' | 'deleteFile' | 'renameFolder' | 'deleteFolder' | 'confirmFile'
>

/** The tree of every session. One change of a session's tree follows the other, so two cannot take one path. */
export function sessionTree({
  store,
  documents,
  ids,
  tell,
}: {
  store: Store
  documents: Documents
  ids: () => string
  tell: (event: SessionEvent) => void
}): Tree {
  const queue = new KeyedQueue()

  /** Runs `change` with the files as they are, alone on this session's tree. */
  const changing = <Value>(sessionId: string, change: (files: FileNode[]) => Promise<Value>): Promise<Value> =>
    queue.run(sessionId, async () => {
      if ((await store.session(sessionId)) === undefined) throw new SessionFailure('not_found')
      return change(await store.files(sessionId))
    })

  async function save(sessionId: string, changed: FileNode[]): Promise<void> {
    await store.saveFiles(
      sessionId,
      changed.map((file) => ({ file })),
    )
    tell({ type: 'tree', sessionId, changed, removed: [] })
  }

  async function remove(sessionId: string, fileIds: string[]): Promise<void> {
    if (fileIds.length === 0) throw new SessionFailure('not_found')
    await store.removeFiles(sessionId, fileIds)
    documents.forget(fileIds)
    tell({ type: 'tree', sessionId, changed: [], removed: fileIds })
  }

  const add = (
    sessionId: string,
    rawPath: string,
    { bytes, ...content }: FileContent,
    { proposedBy, hunkEvents }: Omit<NonNullable<Parameters<Tree['createFile']>[2]>, 'text'> = {},
  ) =>
    changing(sessionId, async (files) => {
      const path = allowed(rawPath)
      if (files.length >= limits.filesPerSession) throw new SessionFailure('limit_reached')
      takeAll(new PathIndex(files.map((file) => file.path)), [path])
      const file: FileNode = {
        fileId: ids(),
        path,
        ...content,
        bytes: bytes.byteLength,
        ...(proposedBy === undefined ? {} : { proposedBy }),
      }
      await store.saveFiles(sessionId, [{ file, bytes }], hunkEvents?.(file))
      tell({ type: 'tree', sessionId, changed: [file], removed: [] })
      return file
    })

  return {
    createFile: async (sessionId, rawPath, { text = '', ...more } = {}) => {
      if (text.length > limits.documentLength) throw new SessionFailure('too_large')
      return add(sessionId, rawPath, textContent(text), more)
    },

    addFile: (sessionId, rawPath, content) => add(sessionId, rawPath, content),

    renameFile: (sessionId, fileId, rawPath) =>
      changing(sessionId, async (files) => {
        const path = allowed(rawPath)
        const file = found(files, fileId)
        const others = files.filter((other) => other !== file)
        takeAll(new PathIndex(others.map((other) => other.path)), [path])
        const renamed = { ...file, path }
        await save(sessionId, [renamed])
        return renamed
      }),

    renameFolder: (sessionId, rawFrom, rawTo) =>
      changing(sessionId, async (files) => {
        const [from, to] = [allowed(rawFrom), allowed(rawTo)]
        if (to.startsWith(`${from}/`)) throw new SessionFailure('invalid_path')
        const inside = files.filter((file) => file.path.startsWith(`${from}/`))
        if (inside.length === 0) throw new SessionFailure('not_found')
        const others = new PathIndex(files.filter((file) => !inside.includes(file)).map((file) => file.path))
        if (others.hasFolder(to)) throw new SessionFailure('path_taken')
        const moved = inside.map((file) => ({ ...file, path: allowed(to + file.path.slice(from.length)) }))
        takeAll(
          others,
          moved.map((file) => file.path),
        )
        await save(sessionId, moved)
        return moved
      }),

    deleteFile: (sessionId, fileId) => changing(sessionId, async (files) => remove(sessionId, [found(files, fileId).fileId])),

    deleteFolder: (sessionId, rawPath) =>
      changing(sessionId, async (files) => {
        const path = allowed(rawPath)
        const fileIds = files.filter((file) => file.path.startsWith(`${path}/`)).map((file) => file.fileId)
        await remove(sessionId, fileIds)
        return fileIds
      }),

    confirmFile: (sessionId, fileId) =>
      changing(sessionId, async (files) => {
        const { proposedBy, ...confirmed } = found(files, fileId)
        if (proposedBy !== undefined) await save(sessionId, [confirmed])
      }),
  }
}

function allowed(rawPath: string): string {
  const path = normalPath(rawPath)
  if (path === undefined) throw new SessionFailure('invalid_path')
  return path
}

function found(files: FileNode[], fileId: string): FileNode {
  const file = files.find((candidate) => candidate.fileId === fileId)
  if (!file) throw new SessionFailure('not_found')
  return file
}

function takeAll(index: PathIndex, paths: string[]): void {
  if (!paths.every((path) => index.take(path))) throw new SessionFailure('path_taken')
}
