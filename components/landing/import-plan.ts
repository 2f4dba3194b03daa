import { limits } from '#protocol/limits.ts'
import type { SkippedFile } from '#protocol/http.ts'

/** Folders whose content belongs to tools, not to people: never read, never sent. The server leaves out the same. */
const ignoredFolders = new Set([
  '.git',
  '.hg',
  '.svn',
  '.cache',
  '.next',
  '.parcel-cache',
  '.turbo',
  '.venv',
  '__macosx',
  '__pycache__',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.gradle',
  'node_modules',
])
const ignoredFiles = new Set(['.ds_store', 'thumbs.db', 'desktop.ini'])

/** Whether a folder of this name is left out of an import, with all that is in it. */
export function isIgnoredFolder(name: string): boolean {
  return ignoredFolders.has(name.toLowerCase())
}

export type Candidate = { path: string; bytes: number }
export type PlanRefusal = 'too_many_files' | 'too_large' | 'nothing_to_import'

/**
 * Decides file by file what an import takes, so that reading stops as soon as it cannot succeed. Paths are relative to the
 * imported folder, `/`-separated; bytes are the files' own sizes.
 */
export class ImportPlan {
  readonly skipped: SkippedFile[] = []
  files = 0
  bytes = 0

  /** Notes a folder that was left out without looking into it. */
  skipFolder(path: string): void {
    this.skipped.push({ path: `${path}/`, reason: 'ignored' })
  }

  /** `take` it, `skip` it (already noted), or give up with a reason. */
  consider({ path, bytes }: Candidate): 'take' | 'skip' | PlanRefusal {
    const segments = path.split('/')
    const folder = segments.slice(0, -1).findIndex(isIgnoredFolder)
    if (folder >= 0) {
      this.skipOnce(`${segments.slice(0, folder + 1).join('/')}/`)
      return 'skip'
    }
    if (ignoredFiles.has(segments.at(-1)?.toLowerCase() ?? '')) return this.skip(path, 'ignored')
    if (path.length > limits.pathLength) return this.skip(path, 'invalid_path')
    if (bytes > limits.importFileBytes) return this.skip(path, 'too_large')
    if (this.files + 1 > limits.filesPerSession) return 'too_many_files'
    if (this.bytes + bytes > limits.importBytes) return 'too_large'
    this.files++
    this.bytes += bytes
    return 'take'
  }

  private skip(path: string, reason: SkippedFile['reason']): 'skip' {
    this.skipped.push({ path, reason })
    return 'skip'
  }

  private skipOnce(path: string): void {
    if (!this.skipped.some((known) => known.path === path)) this.skipped.push({ path, reason: 'ignored' })
  }
}
