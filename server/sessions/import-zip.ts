import { takingTurns } from '#documents/taking-turns.ts'
import type { SkippedFile } from '#protocol/http.ts'
import { limits } from '#protocol/limits.ts'
import { fileContent, type FileContent } from './file-content.ts'
import { ignoredPart, normalPath } from './path.ts'
import { PathIndex } from './path-index.ts'
import { readEntry, zipEntries, type ZipEntry } from './zip-entries.ts'

export type ImportedFile = FileContent & { path: string }
export type Imported = { files: ImportedFile[]; skipped: SkippedFile[] }

/** So many skipped files are named; who imports more of them is not going to read the list. */
const skippedNamed = 200

/**
 * Reads the files of a zip archive. A single folder around everything is taken off, unless `keepFolder` says that it belongs
 * to the files. What cannot be imported is skipped, with the reason; a folder that is ignored is named once.
 * Rejects with `SessionFailure` `not_a_zip`.
 */
export async function importZip(zip: Uint8Array, { keepFolder = false } = {}): Promise<Imported> {
  const skipped = new Map<string, SkippedFile>()
  const skip = (path: string, reason: SkippedFile['reason']) => {
    if (skipped.size < skippedNamed && !skipped.has(path)) skipped.set(path, { path, reason })
  }

  const wanted: { entry: ZipEntry; path: string }[] = []
  for (const entry of zipEntries(zip)) {
    const ignored = entry.isSymbolicLink ? entry.path : ignoredPart(entry.path)
    const path = normalPath(entry.path)
    if (ignored !== undefined) skip(ignored, 'ignored')
    else if (path === undefined) skip(entry.path, 'invalid_path')
    else wanted.push({ entry, path })
  }

  const prefix = keepFolder ? '' : commonFolder(wanted.map(({ path }) => path))
  const files: ImportedFile[] = []
  const taken = new PathIndex()
  let totalBytes = 0
  const others = takingTurns()
  for (const { entry, path: fullPath } of wanted) {
    const path = fullPath.slice(prefix.length)
    if (files.length >= limits.filesPerSession) skip(path, 'too_many_files')
    else if (entry.size > limits.importFileBytes || totalBytes + entry.size > limits.importBytes) skip(path, 'too_large')
    else if (!taken.take(path)) skip(path, 'path_taken')
    else {
      totalBytes += entry.size
      files.push({ path, ...fileContent(await readEntry(zip, entry)) })
      await others()
    }
  }
  return { files, skipped: [...skipped.values()] }
}

/** `name/` where every path lies in that one folder, else empty. */
export function commonFolder(paths: string[]): string {
  const [first = ''] = paths
  const prefix = first.slice(0, first.indexOf('/') + 1)
  return paths.every((path) => path.startsWith(prefix)) ? prefix : ''
}
