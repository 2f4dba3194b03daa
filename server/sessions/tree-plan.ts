import type { SkippedFile } from '#protocol/http.ts'
import { limits } from '#protocol/limits.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { normalPath } from './path.ts'
import { foldersAbove, PathIndex } from './path-index.ts'
import { SessionFailure } from './sessions.ts'

/** A session's tree; `folders` are those that exist without files. */
export type Tree = { files: FileNode[]; folders: string[] }

/** What a change makes of a tree: files that are other or new, files that go, and the folders where those change. */
export type TreePlan = { changed: FileNode[]; removed: string[]; folders?: string[] }

/** Moves a file to another path. */
export function fileRenamed(tree: Tree, fileId: string, rawPath: string): { file: FileNode; plan: TreePlan } {
  const file = fileOf(tree, fileId)
  const others = tree.files.filter((other) => other !== file)
  const index = indexOf(others, tree.folders)
  const path = freePath(index, rawPath)
  const renamed = { ...file, path }
  return { file: renamed, plan: keeping(tree, { changed: [renamed], removed: [] }, folderOf(file.path)) }
}

/** Moves a folder with all that is in it. */
export function folderRenamed(tree: Tree, rawFrom: string, rawTo: string): TreePlan {
  const from = allowedPath(rawFrom)
  const inside = tree.files.filter((file) => isInside(file.path, from))
  const folders = tree.folders.filter((folder) => folder === from || isInside(folder, from))
  if (inside.length === 0 && folders.length === 0) throw new SessionFailure('not_found')
  const others = indexOf(
    tree.files.filter((file) => !inside.includes(file)),
    tree.folders.filter((folder) => !folders.includes(folder)),
  )
  const to = others.spelled(allowedPath(rawTo))
  if (isInside(to, from)) throw new SessionFailure('invalid_path')
  if (others.has(to)) throw new SessionFailure('path_taken')
  const moved = (path: string) => allowedPath(to + path.slice(from.length))
  const changed = inside.map((file) => ({ ...file, path: moved(file.path) }))
  const movedFolders = folders.map(moved)
  const isFree = changed.every((file) => others.take(file.path)) && movedFolders.every((folder) => others.takeFolder(folder))
  if (!isFree) throw new SessionFailure('path_taken')
  const plan =
    folders.length === 0
      ? { changed, removed: [] }
      : { changed, removed: [], folders: [...tree.folders.filter((folder) => !folders.includes(folder)), ...movedFolders] }
  return keeping(tree, plan, folderOf(from))
}

export function fileRemoved(tree: Tree, fileId: string): TreePlan {
  const file = fileOf(tree, fileId)
  return keeping(tree, { changed: [], removed: [fileId] }, folderOf(file.path))
}

export function folderRemoved(tree: Tree, rawPath: string): TreePlan {
  const path = allowedPath(rawPath)
  const removed = tree.files.filter((file) => isInside(file.path, path)).map((file) => file.fileId)
  const folders = tree.folders.filter((folder) => folder !== path && !isInside(folder, path))
  if (removed.length === 0 && folders.length === tree.folders.length) throw new SessionFailure('not_found')
  const plan = folders.length === tree.folders.length ? { changed: [], removed } : { changed: [], removed, folders }
  return keeping(tree, plan, folderOf(path))
}

export function folderAdded(tree: Tree, rawPath: string): TreePlan {
  const index = indexOf(tree.files, tree.folders)
  const path = index.spelled(allowedPath(rawPath))
  if (tree.folders.length >= limits.emptyFoldersPerSession) throw new SessionFailure('limit_reached')
  if (index.has(path) || !index.takeFolder(path)) throw new SessionFailure('path_taken')
  return { changed: [], removed: [], folders: [...tree.folders, path].sort() }
}

/** The path that a new file is given. */
export function pathForNewFile(tree: Tree, rawPath: string): string {
  const path = allowedPath(rawPath)
  if (tree.files.length >= limits.filesPerSession) throw new SessionFailure('limit_reached')
  return freePath(indexOf(tree.files, tree.folders), path)
}

/** A path beside `path` that is free: `a copy.ts`, `a copy 2.ts`. */
export function copyPath({ files, folders }: Tree, path: string): string {
  return pathBeside(indexOf(files, folders), path)
}

/**
 * Where files of an import go. Those whose path another file has are told as `taken`, or given a path beside it; those that can
 * go nowhere are `refused`.
 */
export function placesFor<Given extends { path: string }>(
  { files, folders }: Tree,
  given: readonly Given[],
  onTaken: 'tell' | 'beside',
): { places: { path: string; given: Given }[]; taken: { fileId: string; path: string }[]; refused: SkippedFile[] } {
  const index = indexOf(files, folders)
  const known = new Map(files.map((file) => [file.path.toLowerCase(), file]))
  const places: { path: string; given: Given }[] = []
  const taken: { fileId: string; path: string }[] = []
  const refused: SkippedFile[] = []
  for (const one of given) {
    const normal = normalPath(one.path)
    const existing = normal === undefined ? undefined : known.get(normal.toLowerCase())
    if (normal === undefined) refused.push({ path: one.path, reason: 'invalid_path' })
    else if (existing !== undefined && onTaken === 'tell') taken.push({ fileId: existing.fileId, path: one.path })
    else if (files.length + places.length >= limits.filesPerSession) refused.push({ path: normal, reason: 'too_many_files' })
    else {
      const path = existing === undefined ? index.spelled(normal) : pathBeside(index, existing.path)
      if (index.take(path)) places.push({ path, given: one })
      else refused.push({ path, reason: 'path_taken' })
    }
  }
  return { places, taken, refused }
}

function pathBeside(index: PathIndex, path: string): string {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const name = path.slice(folder.length)
  const dot = name.lastIndexOf('.')
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let count = 1; ; count += 1) {
    const copy = `${folder}${stem} copy${count === 1 ? '' : ` ${count}`}${extension}`
    if (!index.has(copy)) return copy
  }
}

export function fileOf({ files }: Tree, fileId: string): FileNode {
  const file = files.find((candidate) => candidate.fileId === fileId)
  if (!file) throw new SessionFailure('not_found')
  return file
}

const indexOf = (files: FileNode[], folders: string[]) =>
  new PathIndex(
    files.map((file) => file.path),
    folders,
  )

/** The folder `left`, which something is taken out of, stays where nothing else keeps it. */
function keeping(tree: Tree, plan: TreePlan, left: string): TreePlan {
  if (left === '') return plan
  const folders = plan.folders ?? tree.folders
  const gone = new Set([...plan.removed, ...plan.changed.map((file) => file.fileId)])
  const paths = [...tree.files.filter((file) => !gone.has(file.fileId)), ...plan.changed].map((file) => file.path)
  const isThere = [...paths, ...folders].some((path) => path === left || isInside(path, left))
  return isThere ? plan : { ...plan, folders: [...folders, left].sort() }
}

function freePath(index: PathIndex, rawPath: string): string {
  const path = index.spelled(allowedPath(rawPath))
  if (!index.take(path)) throw new SessionFailure('path_taken')
  return path
}

function allowedPath(rawPath: string): string {
  const path = normalPath(rawPath)
  if (path === undefined) throw new SessionFailure('invalid_path')
  return path
}

const isInside = (path: string, folder: string) => path.startsWith(`${folder}/`)
const folderOf = (path: string) => foldersAbove(path).at(-1) ?? ''
