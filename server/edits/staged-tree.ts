import type { UntouchableCode } from './applied-hunk.ts'
import { StagedFile } from './staged-file.ts'
import type { LineOrigins } from './line-origins.ts'

/** What stands at a path before an answer is applied; `text` has LF only. */
export type SourceFile =
  | { kind: 'text'; text: string }
  | { kind: 'missing' }
  | { kind: 'not_text'; code: 'not_text' | 'too_large' }
  | { kind: 'untouchable'; code: UntouchableCode }

/**
 * `source`: the path whose file goes on here, undefined for a new one. `origins` count lines of that file. `hunks`: by their number (0-based),
 * those that made the change.
 */
export type FileWrite = {
  path: string
  source: string | undefined
  text: string
  origins: LineOrigins
  hunks: readonly number[]
}

export type FileDeletion = { path: string; hunks: readonly number[] }

type StagedEntry = { kind: 'file'; file: StagedFile } | Exclude<SourceFile, { kind: 'text' }>

/** The folder as the blocks of an answer leave it, one after the other: later ones see what earlier ones created, moved and deleted. */
export class StagedTree {
  readonly #read: (path: string) => SourceFile
  readonly #entries = new Map<string, StagedEntry>()
  /** Paths at which something stood before. */
  readonly #sources = new Set<string>()
  /** By path, the hunk that left nothing there. */
  readonly #removals = new Map<string, number>()

  constructor(read: (path: string) => SourceFile) {
    this.#read = read
  }

  at(path: string): StagedEntry {
    const known = this.#entries.get(path)
    if (known !== undefined) return known
    const source = this.#read(path)
    const entry: StagedEntry = source.kind === 'text' ? { kind: 'file', file: new StagedFile(source.text, path) } : source
    if (source.kind !== 'missing') this.#sources.add(path)
    this.#entries.set(path, entry)
    return entry
  }

  /** Why no file can come to stand at a path at which there is none. */
  obstacle(path: string): UntouchableCode | undefined {
    for (const [staged, { kind }] of this.#entries) {
      if (kind !== 'file') continue
      if (path.startsWith(`${staged}/`)) return 'not_a_folder'
      if (staged.startsWith(`${path}/`)) return 'not_a_file'
    }
    return undefined
  }

  put(path: string, file: StagedFile): void {
    this.#entries.set(path, { kind: 'file', file })
  }

  remove(path: string, hunk: number): void {
    this.#entries.set(path, { kind: 'missing' })
    this.#removals.set(path, hunk)
  }

  changes(): { writes: FileWrite[]; deletions: FileDeletion[] } {
    const writes: FileWrite[] = []
    const deletions: FileDeletion[] = []
    for (const [path, entry] of this.#entries) {
      const removal = this.#removals.get(path)
      if (entry.kind === 'missing' && this.#sources.has(path) && removal !== undefined)
        deletions.push({ path, hunks: [removal] })
      if (entry.kind !== 'file') continue
      const { file } = entry
      if (file.source !== path || file.isChanged) writes.push({ path, ...file.written })
    }
    return { writes, deletions }
  }
}
