import { limits } from '#protocol/limits.ts'
import type { FileNode } from '#protocol/sessions.ts'

/** The last segment of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The folder of a path without the trailing slash; empty at the top. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/** Every folder above a path, outermost first. */
export function foldersAbove(path: string): string[] {
  const segments = path.split('/').slice(0, -1)
  return segments.map((_, depth) => segments.slice(0, depth + 1).join('/'))
}

/** Every folder of a tree by path: those that files lie in, and those that are empty. */
export function allFolders(files: readonly FileNode[], emptyFolders: readonly string[]): string[] {
  const above = files.flatMap(({ path }) => foldersAbove(path))
  return [...new Set([...above, ...emptyFolders.flatMap((folder) => [...foldersAbove(folder), folder])])].sort()
}

/** What `name` means inside `folder`. A name that starts at a root stays as it is, so that it can be told what it is. */
export function joinPath(folder: string, name: string): string {
  return folder && !startsAtRoot(name) ? `${folder}/${name}` : name
}

const startsAtRoot = (path: string) => path.startsWith('/') || /^[a-z]:/i.test(path)

/** Control characters, line separators, and marks that turn the direction of text around. */
const hiddenCharacter = /[\p{Control}\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Surrogate}]/u

/** Names that Windows gives to devices; and git's own folder, where hooks would run. */
const reservedName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|^\.git$/i

const longestNameBytes = 255

/**
 * Why a path cannot be given to a file, in words, or undefined where it can. The server decides; this only says it earlier.
 * `moved` is the file or folder that is being renamed, which may keep its own path.
 */
export function pathProblem(
  path: string,
  files: FileNode[],
  moved?: string,
  folders: readonly string[] = [],
): string | undefined {
  const segments = path.split('/')
  if (path === '') return 'A name is needed.'
  if (startsAtRoot(path)) return 'The path starts inside the session, without a leading slash.'
  if (path.includes('\\')) return 'Folders are separated by /, not by \\.'
  if (hiddenCharacter.test(path)) return 'The name holds a character that cannot be shown.'
  if (segments.includes(''))
    return path.endsWith('/') ? 'A file name is needed after the slash.' : 'A folder between two slashes has no name.'
  if (segments.some((segment) => segment === '.' || segment === '..')) return 'A path cannot contain . or .. as a folder.'
  const reserved = segments.find((segment) => reservedName.test(segment))
  if (reserved !== undefined) return `“${reserved}” is a name that some systems keep for themselves.`
  if (segments.some((segment) => segment.endsWith('.') || segment.endsWith(' ')))
    return 'A name cannot end with a dot or a space.'
  if (segments.some((segment) => new TextEncoder().encode(segment).byteLength > longestNameBytes))
    return 'The name is too long.'
  if (path.length > limits.pathLength) return `A path can be up to ${limits.pathLength} characters long.`
  // Some systems cannot tell upper and lower case apart.
  const key = path.toLowerCase()
  const isMoved = (other: string) => other === moved || other.startsWith(`${moved}/`)
  for (const other of files) {
    if (isMoved(other.path)) continue
    const otherKey = other.path.toLowerCase()
    if (otherKey === key) return 'A file with this path exists already.'
    if (otherKey.startsWith(`${key}/`)) return 'A folder with this path exists already.'
    if (key.startsWith(`${otherKey}/`)) return `“${other.path}” is a file, not a folder.`
  }
  const isFolder = folders.some((folder) => !isMoved(folder) && `${folder.toLowerCase()}/`.startsWith(`${key}/`))
  if (isFolder) return 'A folder with this path exists already.'
  return undefined
}
