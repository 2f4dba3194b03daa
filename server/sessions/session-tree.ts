import { limits } from '#protocol/limits.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { TreeChange } from '#protocol/tree.ts'
import type { Documents } from '#documents/documents.ts'
import type { Store, StoredHunkEvent } from '#store/store.ts'
import { contentOf } from './current-files.ts'
import { textContent, type FileContent } from './file-content.ts'
import { KeyedQueue } from './keyed-queue.ts'
import { SessionFailure, type AddedFiles, type SessionEvent, type Sessions, type TreeOperation } from './sessions.ts'
import {
  copyPath,
  fileOf,
  fileRemoved,
  fileRenamed,
  folderAdded,
  folderRemoved,
  folderRenamed,
  pathForNewFile,
  placesFor,
  type Tree,
  type TreePlan,
} from './tree-plan.ts'

/** Of many files that are added together, so many are stored and told at once. */
const filesPerPart = 200

type TreeCalls = Pick<
  Sessions,
  'tree' | 'changeTree' | 'createFile' | 'addFile' | 'addFiles' | 'renameFile' | 'deleteFile' | 'confirmFile'
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
}): TreeCalls {
  const queue = new KeyedQueue()
  /** Counts the changes of all trees. Tabs compare versions of one connection only, so it may begin anew with the process. */
  let version = 0

  const stored = async (sessionId: string): Promise<Tree> => {
    if ((await store.session(sessionId)) === undefined) throw new SessionFailure('not_found')
    const [files, folders] = await Promise.all([store.files(sessionId), store.folders(sessionId)])
    return { files, folders }
  }

  /** Runs `change` with the tree as it is, alone on this session's tree. */
  const changing = <Value>(sessionId: string, change: (tree: Tree) => Promise<Value>): Promise<Value> =>
    queue.run(sessionId, async () => change(await stored(sessionId)))

  async function apply(
    sessionId: string,
    { changed, removed, folders }: TreePlan,
    { contents, hunkEvents }: { contents?: ReadonlyMap<string, Uint8Array>; hunkEvents?: StoredHunkEvent[] } = {},
  ): Promise<TreeChange> {
    const more = folders === undefined ? {} : { folders }
    if (removed.length > 0) await store.removeFiles(sessionId, removed, changed.length === 0 ? more : {})
    if (changed.length > 0 || removed.length === 0) {
      const files = changed.map((file) => {
        const bytes = contents?.get(file.fileId)
        return bytes === undefined ? { file } : { file, bytes }
      })
      await store.saveFiles(sessionId, files, { ...more, ...(hunkEvents === undefined ? {} : { hunkEvents }) })
    }
    documents.forget(removed)
    version += 1
    const change: TreeChange = { version, changed, removed, ...more }
    tell({ type: 'tree', sessionId, change })
    return change
  }

  async function add(
    sessionId: string,
    tree: Tree,
    rawPath: string,
    { bytes, kind, lineEnding }: FileContent,
    { proposedBy, hunkEvents }: Omit<NonNullable<Parameters<TreeCalls['createFile']>[2]>, 'text'> = {},
  ): Promise<TreeChange & { file: FileNode }> {
    const path = pathForNewFile(tree, rawPath)
    const proposed = proposedBy === undefined ? {} : { proposedBy }
    const file: FileNode = { fileId: ids(), path, kind, lineEnding, bytes: bytes.byteLength, ...proposed }
    const events = hunkEvents?.(file)
    const contents = new Map([[file.fileId, bytes]])
    const more = events === undefined ? { contents } : { contents, hunkEvents: events }
    return { ...(await apply(sessionId, { changed: [file], removed: [] }, more)), file }
  }

  async function duplicate(sessionId: string, tree: Tree, fileId: string): Promise<TreeChange> {
    const original = fileOf(tree, fileId)
    const { kind, lineEnding } = original
    const content = await contentOf({ store, documents }, original)
    if (content === undefined) throw new SessionFailure('not_found')
    const { bytes } = content
    const { file: _file, ...change } = await add(sessionId, tree, copyPath(tree, original.path), { kind, lineEnding, bytes })
    return change
  }

  async function asked(sessionId: string, tree: Tree, operation: TreeOperation): Promise<TreeChange> {
    switch (operation.type) {
      case 'createFile': {
        const { file: _file, ...change } = await add(sessionId, tree, operation.path, textContent(''))
        return change
      }
      case 'duplicateFile':
        return duplicate(sessionId, tree, operation.fileId)
      case 'renameFile':
        return apply(sessionId, fileRenamed(tree, operation.fileId, operation.path).plan)
      case 'deleteFile':
        return apply(sessionId, fileRemoved(tree, operation.fileId))
      case 'createFolder':
        return apply(sessionId, folderAdded(tree, operation.path))
      case 'renameFolder':
        return apply(sessionId, folderRenamed(tree, operation.from, operation.to))
      case 'deleteFolder':
        return apply(sessionId, folderRemoved(tree, operation.path))
    }
  }

  /** Files of an import; they are told in parts, each one transaction. */
  async function addAll(
    sessionId: string,
    tree: Tree,
    given: readonly (FileContent & { path: string })[],
    onTaken: 'tell' | 'beside',
  ): Promise<AddedFiles> {
    const { places, taken, refused } = placesFor(tree, given, onTaken)
    for (let at = 0; at < places.length; at += filesPerPart) {
      const contents = new Map<string, Uint8Array>()
      const changed = places.slice(at, at + filesPerPart).map(({ path, given: { bytes, kind, lineEnding } }): FileNode => {
        const fileId = ids()
        contents.set(fileId, bytes)
        return { fileId, path, kind, lineEnding, bytes: bytes.byteLength }
      })
      await apply(sessionId, { changed, removed: [] }, { contents })
    }
    return { added: places.length, taken, refused }
  }

  return {
    async tree(sessionId) {
      // The version first: what is read may hold later changes, but none that a later event would not tell again.
      const treeVersion = version
      const [files, folders] = await Promise.all([store.files(sessionId), store.folders(sessionId)])
      return { treeVersion, files, folders }
    },

    changeTree: (sessionId, operation) => changing(sessionId, (tree) => asked(sessionId, tree, operation)),

    createFile: (sessionId, rawPath, { text = '', ...more } = {}) =>
      changing(sessionId, async (tree) => {
        if (text.length > limits.documentLength) throw new SessionFailure('too_large')
        return (await add(sessionId, tree, rawPath, textContent(text), more)).file
      }),

    addFile: (sessionId, rawPath, fileContent) =>
      changing(sessionId, async (tree) => (await add(sessionId, tree, rawPath, fileContent)).file),

    addFiles: (sessionId, given, onTaken) => changing(sessionId, (tree) => addAll(sessionId, tree, given, onTaken)),

    renameFile: (sessionId, fileId, rawPath) =>
      changing(sessionId, async (tree) => {
        const { file, plan } = fileRenamed(tree, fileId, rawPath)
        await apply(sessionId, { changed: plan.changed, removed: [] })
        return file
      }),

    deleteFile: (sessionId, fileId) =>
      changing(sessionId, async (tree) => {
        await apply(sessionId, { changed: [], removed: [fileOf(tree, fileId).fileId] })
      }),

    confirmFile: (sessionId, fileId) =>
      changing(sessionId, async (tree) => {
        const { proposedBy, ...confirmed } = fileOf(tree, fileId)
        if (proposedBy !== undefined) await apply(sessionId, { changed: [confirmed], removed: [] })
      }),
  }
}
