import type { FileNode, SessionSnapshot } from '#protocol/sessions.ts'
import type { TreeChange } from '#protocol/tree.ts'

/** The session's tree as this tab knows it. */
export type TreeState = {
  /** Sorted by path; no two have the same one. */
  files: FileNode[]
  /** Folders that exist without files. */
  folders: string[]
  /** What the tree above holds: every change up to `snapshot`, and later ones of single files and of the folders. */
  treeVersions: { snapshot: number; folders: number; files: Readonly<Record<string, number>> }
}

export const emptyTree: TreeState = { files: [], folders: [], treeVersions: { snapshot: 0, folders: 0, files: {} } }

export function treeOf({ files, folders, treeVersion }: Pick<SessionSnapshot, 'files' | 'folders' | 'treeVersion'>): TreeState {
  return {
    files: [...files].sort(byPath),
    folders,
    treeVersions: { snapshot: treeVersion, folders: treeVersion, files: {} },
  }
}

/**
 * Folds one change. An answer to one's own command may overtake the event of an earlier change, so a change counts for a file only
 * where it is later than what is known of that file. Of two files at one path the later one has it: the event that tells where the
 * other one went is still on its way, and holds the whole of it.
 */
export function changedTree(tree: TreeState, { version, changed, removed, folders }: TreeChange): TreeState {
  const versions = { ...tree.treeVersions.files }
  const knownVersion = (fileId: string) => versions[fileId] ?? tree.treeVersions.snapshot
  const isNews = (fileId: string) => version > knownVersion(fileId)
  const later = changed.filter((file) => isNews(file.fileId))
  const replaced = new Set([...removed.filter(isNews), ...later.map((file) => file.fileId)])
  const taken = new Set(later.map((file) => file.path))
  const others = tree.files.filter(({ fileId, path }) => !replaced.has(fileId) && !(taken.has(path) && isNews(fileId)))
  const kept = new Set(others.map((file) => file.path))
  for (const fileId of replaced) versions[fileId] = version
  const areFoldersNews = folders !== undefined && version > tree.treeVersions.folders
  return {
    files: [...others, ...later.filter((file) => !kept.has(file.path))].sort(byPath),
    folders: areFoldersNews ? folders : tree.folders,
    treeVersions: {
      snapshot: tree.treeVersions.snapshot,
      folders: areFoldersNews ? version : tree.treeVersions.folders,
      files: versions,
    },
  }
}

function byPath(one: FileNode, other: FileNode): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}
