import { isFileGone, type Documents } from '#documents/documents.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Checkpoint, FileVersion, Store } from '#store/store.ts'
import type { TextBefore } from './targets.ts'

export type CheckpointFile = Checkpoint['files'][number]

/** One file before a turn and now; one of the two may be missing. */
export type FilePair = { before?: CheckpointFile; now?: FileNode }

/** Pairs files by id; what was deleted and stands at its path again, under another id, is one file too. */
export function pairFiles(before: readonly CheckpointFile[], now: readonly FileNode[]): FilePair[] {
  const nowById = new Map(now.map((file) => [file.fileId, file]))
  const idsBefore = new Set(before.map(({ fileId }) => fileId))
  const newByPath = new Map(now.flatMap((file) => (idsBefore.has(file.fileId) ? [] : [[file.path, file] as const])))
  const pairs: FilePair[] = before.map((file) => {
    const same = nowById.get(file.fileId) ?? newByPath.get(file.path)
    if (same !== undefined) newByPath.delete(same.path)
    return same === undefined ? { before: file } : { before: file, now: same }
  })
  return [...pairs, ...Array.from(newByPath.values(), (file) => ({ now: file }))]
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Compares files with a checkpoint; reads texts only where hashes cannot tell. */
export class Comparison {
  readonly #rooms: { store: Store; documents: Documents }
  readonly #versions: ReadonlyMap<string, FileVersion>

  private constructor(rooms: { store: Store; documents: Documents }, versions: readonly FileVersion[]) {
    this.#rooms = rooms
    this.#versions = new Map(versions.map((version) => [version.fileId, version]))
  }

  static async open(rooms: { store: Store; documents: Documents }, sessionId: string): Promise<Comparison> {
    return new Comparison(rooms, await rooms.store.fileVersions(sessionId))
  }

  /** The text of a checkpoint's file; null for a binary one. */
  textBefore(file: CheckpointFile): Promise<string | null> {
    return storedText(this.#rooms.store, file)
  }

  async isSame(before: CheckpointFile, now: FileNode): Promise<boolean> {
    const version = this.#versions.get(now.fileId)
    if (version === undefined || version.headSeq <= version.seq) return version?.hash === before.hash
    try {
      return (await this.#rooms.documents.text(now.fileId)).text === (await this.textBefore(before))
    } catch (error) {
      if (isFileGone(error)) return false
      throw error
    }
  }
}

/** Reads texts of a turn's checkpoint by file id, once that is stored; undefined for binary files and those that came later. */
export function checkpointTexts(store: Store, turnId: string): TextBefore {
  let reading: Promise<Map<string, CheckpointFile>> | undefined
  return async (fileId) => {
    reading ??= store.checkpoint(turnId).then((found) => new Map(found?.files.map((file) => [file.fileId, file])))
    const file = (await reading).get(fileId)
    return file && ((await storedText(store, file)) ?? undefined)
  }
}

async function storedText(store: Store, { kind, hash, path }: CheckpointFile): Promise<string | null> {
  if (kind === 'binary') return null
  const bytes = await store.blob(hash)
  if (bytes === undefined) throw new Error(`the checkpoint's text of ${path} is not stored`)
  return decoder.decode(bytes)
}
