import type { FileNode } from '#protocol/sessions.ts'
import { baseName, joinPath } from './tree-path.ts'

export type TreeRow =
  | { type: 'folder'; path: string; name: string; depth: number; open: boolean; fileIds: string[] }
  | { type: 'file'; path: string; name: string; depth: number; file: FileNode }

/** What stays the same of a row: of a file also when it is renamed, by whomever. */
export function rowKey(row: TreeRow): string {
  return row.type === 'file' ? `file ${row.file.fileId}` : folderKey(row.path)
}

export const folderKey = (path: string) => `folder ${path}`

type Folder = { folders: Map<string, Folder>; files: FileNode[] }

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/**
 * The rows of the tree from top to bottom: folders before files, each in natural order, nothing of what lies in a collapsed
 * folder (named by its path).
 */
export function buildTree(files: FileNode[], collapsed: ReadonlySet<string>, emptyFolders: readonly string[] = []): TreeRow[] {
  const root: Folder = { folders: new Map(), files: [] }
  for (const file of files) folderIn(root, file.path.split('/').slice(0, -1)).files.push(file)
  for (const path of emptyFolders) folderIn(root, path.split('/'))
  return rowsOf(root, '', 0, collapsed)
}

/** The folder at a path, which is made where it is not there yet. */
function folderIn(root: Folder, segments: string[]): Folder {
  let folder = root
  for (const segment of segments) {
    const child = folder.folders.get(segment) ?? { folders: new Map(), files: [] }
    folder.folders.set(segment, child)
    folder = child
  }
  return folder
}

function rowsOf(folder: Folder, path: string, depth: number, collapsed: ReadonlySet<string>): TreeRow[] {
  const folders = [...folder.folders].sort(([one], [other]) => collator.compare(one, other))
  const rows = folders.flatMap(([name, child]): TreeRow[] => {
    const childPath = joinPath(path, name)
    const open = !collapsed.has(childPath)
    const row: TreeRow = { type: 'folder', path: childPath, name, depth, open, fileIds: fileIdsOf(child) }
    return open ? [row, ...rowsOf(child, childPath, depth + 1, collapsed)] : [row]
  })
  const names = folder.files.map((file) => ({ file, name: baseName(file.path) }))
  names.sort((one, other) => collator.compare(one.name, other.name))
  return [...rows, ...names.map(({ file, name }): TreeRow => ({ type: 'file', path: file.path, name, depth, file }))]
}

function fileIdsOf(folder: Folder): string[] {
  return [...folder.files.map((file) => file.fileId), ...[...folder.folders.values()].flatMap(fileIdsOf)]
}
