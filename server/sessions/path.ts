import { limits } from '#protocol/limits.ts'

/** Longest name that the usual file systems take, in UTF-8 bytes. */
const segmentBytes = 255

/** Control characters, line separators, marks that turn the direction of text around, and halves of surrogate pairs. */
const forbiddenCharacter = /[\p{Control}\u2028\u2029\u202a-\u202e\u2066-\u2069\p{Surrogate}]/u

/** Names that Windows gives to devices, with any extension; and git's own folder, where hooks would run. */
const reservedName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|^\.git$/i

/**
 * A path as the tree keeps it: relative, `/` between segments, Unicode NFC, no `.` or `..`. Undefined where it is not one that
 * every system can hold and nobody can use to reach outside: absolute, with a drive letter, `..`, empty or reserved
 * segments, control characters, or longer than `limits.pathLength`.
 */
export function normalPath(raw: string): string | undefined {
  const path = raw
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .filter((segment) => segment !== '.')
    .join('/')
  if (path.length > limits.pathLength || /^[a-z]:/i.test(path) || forbiddenCharacter.test(path)) return undefined
  return path.split('/').every(isNameAllowed) ? path : undefined
}

function isNameAllowed(name: string): boolean {
  if (name === '' || name === '..' || reservedName.test(name)) return false
  // Windows drops these at the end of a name, so two files would become one.
  if (name.endsWith('.') || name.endsWith(' ')) return false
  return Buffer.byteLength(name) <= segmentBytes
}

const ignoredFolders = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '__macosx',
  '__pycache__',
  '.venv',
  '.next',
  '.turbo',
  '.cache',
  '.parcel-cache',
  '.pytest_cache',
  '.mypy_cache',
  '.ruff_cache',
  '.gradle',
])
const ignoredFiles = new Set(['.ds_store', 'thumbs.db', 'desktop.ini'])

/**
 * What an import leaves out because tools make it again: the path of the outermost such folder (or of the file), or
 * undefined where nothing of the path is to be left out.
 */
export function ignoredPart(path: string): string | undefined {
  const segments = path.replaceAll('\\', '/').split('/')
  const index = segments.findIndex((segment, position) => {
    const name = segment.toLowerCase()
    return position < segments.length - 1 ? ignoredFolders.has(name) : ignoredFiles.has(name)
  })
  return index < 0 ? undefined : segments.slice(0, index + 1).join('/')
}
