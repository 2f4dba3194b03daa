import { Readable } from 'node:stream'
import type { Documents } from '#documents/documents.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { BaseFile, BaseFiles } from '#store/base-records.ts'
import type { Store } from '#store/store.ts'
import { contentOf, currentFiles } from './current-files.ts'
import { pairFiles, pairMoved } from './file-pairs.ts'
import type { PatchSide } from './file-patch.ts'
import type { JobThread } from '#threads/job-thread.ts'
import type { PatchJob } from './patch-worker.ts'
import { SessionFailure, type Sessions } from './sessions.ts'
import { zipBytes } from './zip-writer.ts'

const longestPatchMs = 15_000

/** What leaves a session: one file, all of them, or what changed since a base. Line endings are those that came in. */
export function sessionExport({
  store,
  documents,
  thread,
  clock,
}: {
  store: Store
  documents: Documents
  thread: JobThread<PatchJob, string>
  clock: () => number
}): Pick<Sessions, 'fileContent' | 'zip' | 'patch'> {
  async function* entries(sessionId: string) {
    for await (const { file, bytes } of currentFiles({ store, documents }, sessionId))
      yield { path: file.path, bytes: asExported(file, bytes) }
    for (const path of await store.folders(sessionId)) yield { path: `${path}/`, bytes: new Uint8Array() }
  }

  const sideOf = (file: FileNode, bytes: Uint8Array): PatchSide => ({
    path: file.path,
    bytes: asExported(file, bytes),
    isText: file.kind === 'text',
  })

  async function* patches(sessionId: string, base: BaseFiles, only: ReadonlySet<string> | undefined): AsyncGenerator<string> {
    const before = async (file: BaseFile | undefined) => {
      if (file === undefined) return {}
      const bytes = await store.blob(file.hash)
      // The zip was removed meanwhile: without its texts the rest would tell that they are new.
      if (bytes === undefined) throw new SessionFailure('not_found')
      return { before: sideOf(file, bytes) }
    }
    const pairs = pairMoved(pairFiles(base.files, await store.files(sessionId)), await store.fileVersions(sessionId))
    const known = new Map(pairs.flatMap((pair) => (pair.now && pair.before ? [[pair.now.fileId, pair.before]] : [])))
    const isWanted = ({ fileId }: FileNode) => only?.has(fileId) ?? true
    for await (const { file, bytes } of currentFiles({ store, documents }, sessionId, isWanted)) {
      yield await thread.run({ ...(await before(known.get(file.fileId))), after: sideOf(file, bytes) }, longestPatchMs)
    }
    const gone = only === undefined ? pairs.filter(({ now }) => now === undefined) : []
    for (const pair of gone) yield await thread.run(await before(pair.before), longestPatchMs)
  }

  return {
    async fileContent(sessionId, fileId) {
      const file = await store.file(sessionId, fileId)
      const content = file && (await contentOf({ store, documents }, file))
      if (file === undefined || content === undefined) throw new SessionFailure('not_found')
      return { file, bytes: asExported(file, content.bytes) }
    },

    zip: async (sessionId) => Readable.from(zipBytes(entries(sessionId), new Date(clock()))),

    async patch(sessionId, base, only) {
      const files = await store.baseFiles(sessionId, base)
      if (files === undefined) throw new SessionFailure('not_found')
      return Readable.from(patches(sessionId, files, only))
    },
  }
}

function asExported({ kind, lineEnding }: FileNode, bytes: Uint8Array): Uint8Array {
  if (kind === 'binary' || lineEnding === 'lf') return bytes
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return new TextEncoder().encode(text.replaceAll('\n', lineEnding === 'crlf' ? '\r\n' : '\r'))
}
