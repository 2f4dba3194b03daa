import { isFileGone, type Documents } from '#documents/documents.ts'
import { takingTurns } from '#documents/taking-turns.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { FileVersion, Store } from '#store/store.ts'

/** A file with what is committed of it: UTF-8 and LF where it is text. */
export type CurrentFile = { file: FileNode; bytes: Uint8Array; seq: number }

/** Reads files as they are now, by path, one at a time. A file that is deleted meanwhile is left out. */
export async function* currentFiles(
  { store, documents }: { store: Store; documents: Documents },
  sessionId: string,
  isWanted: (file: FileNode) => boolean = () => true,
): AsyncGenerator<CurrentFile> {
  const versions = new Map((await store.fileVersions(sessionId)).map((version) => [version.fileId, version]))
  const others = takingTurns()
  for (const file of await store.files(sessionId)) {
    const version = versions.get(file.fileId)
    if (version === undefined || !isWanted(file)) continue
    const current = await contentOf({ store, documents }, file, version)
    if (current === undefined) continue
    await others()
    yield { file, ...current }
  }
}

/**
 * What is committed of one file, from its blob where nothing was written since. `known`: where it stands, if that was read already. Undefined
 * where the file is gone.
 */
export async function contentOf(
  { store, documents }: { store: Store; documents: Documents },
  file: FileNode,
  known?: FileVersion,
): Promise<{ bytes: Uint8Array; seq: number } | undefined> {
  const version = known ?? (await store.fileVersion(file.fileId))
  if (version === undefined) return undefined
  if (version.headSeq === version.seq || file.kind === 'binary') {
    const bytes = await store.blob(version.hash)
    // A text that was compacted since names another blob.
    if (bytes !== undefined) return { bytes, seq: version.seq }
    if (file.kind === 'binary') return undefined
  }
  try {
    const { text, seq } = await documents.text(file.fileId)
    return { bytes: new TextEncoder().encode(text), seq }
  } catch (error) {
    if (isFileGone(error)) return undefined
    throw error
  }
}
