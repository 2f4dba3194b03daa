import { isFileGone, type Documents } from '#documents/documents.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { contentOf } from '#sessions/current-files.ts'
import type { BaseFile } from '#store/base-records.ts'
import type { FileVersion, Store } from '#store/store.ts'
import type { TextBefore } from './targets.ts'
import { TurnRefused } from './turns.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Compares files with a base; reads texts only where hashes cannot tell. */
export class Comparison {
  readonly #rooms: { store: Store; documents: Documents }
  /** Of the session's files, by their ids. */
  readonly versions: ReadonlyMap<string, FileVersion>

  private constructor(rooms: { store: Store; documents: Documents }, versions: readonly FileVersion[]) {
    this.#rooms = rooms
    this.versions = new Map(versions.map((version) => [version.fileId, version]))
  }

  static async open(rooms: { store: Store; documents: Documents }, sessionId: string): Promise<Comparison> {
    return new Comparison(rooms, await rooms.store.fileVersions(sessionId))
  }

  /** The text of a base's file; null for a binary one. Rejects with `TurnRefused` `not_found` where the base, a zip, was removed meanwhile. */
  async textBefore(file: BaseFile): Promise<string | null> {
    const text = await storedText(this.#rooms.store, file)
    if (text === undefined) throw new TurnRefused('not_found')
    return text
  }

  /** Null for a file that is not text, or gone by now. */
  async textNow(file: FileNode): Promise<string | null> {
    const content = file.kind === 'text' ? await contentOf(this.#rooms, file, this.versions.get(file.fileId)) : undefined
    return content === undefined ? null : decoder.decode(content.bytes)
  }

  async isSame(before: BaseFile, now: FileNode): Promise<boolean> {
    const version = this.versions.get(now.fileId)
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
  let reading: Promise<Map<string, BaseFile>> | undefined
  return async (fileId) => {
    reading ??= store.checkpoint(turnId).then((found) => new Map(found?.files.map((file) => [file.fileId, file])))
    const file = (await reading).get(fileId)
    if (file === undefined) return undefined
    const text = await storedText(store, file)
    if (text === undefined) throw new Error(`the checkpoint's text of ${file.path} is not stored`)
    return text ?? undefined
  }
}

async function storedText(store: Store, { kind, hash }: BaseFile): Promise<string | null | undefined> {
  if (kind === 'binary') return null
  const bytes = await store.blob(hash)
  return bytes && decoder.decode(bytes)
}
