import type { ZipBase } from '#protocol/bases.ts'
import { limits } from '#protocol/limits.ts'
import type { Store } from '#store/store.ts'
import { commonFolder, importZip, type ImportedFile } from './import-zip.ts'
import { KeyedQueue } from './keyed-queue.ts'
import { SessionFailure, type SessionEvent, type Sessions } from './sessions.ts'
import { zipName } from './zip-name.ts'

/** Zips that the files of a session are compared with. They are read once, with an import's limits, and never become files of the tree. */
export function sessionBases({
  store,
  clock,
  ids,
  tell,
}: {
  store: Store
  clock: () => number
  ids: () => string
  tell: (event: SessionEvent) => void
}): Pick<Sessions, 'bases' | 'addBase' | 'removeBase'> {
  const changing = new KeyedQueue()

  async function refuseTooMany(sessionId: string): Promise<ZipBase[]> {
    const bases = await store.zipBases(sessionId)
    if (bases.length >= limits.zipBasesPerSession) throw new SessionFailure('too_many_bases')
    return bases
  }
  const tellAll = async (sessionId: string) => tell({ type: 'bases', sessionId, bases: await store.zipBases(sessionId) })

  return {
    bases: (sessionId) => store.zipBases(sessionId),

    async addBase(sessionId, participantId, { name, zip }) {
      // Before the work of reading it; looked at again when its turn comes.
      await refuseTooMany(sessionId)
      const { files: imported, skipped } = await importZip(zip, { keepFolder: true })
      if (imported.length === 0) throw new SessionFailure('nothing_to_import')
      return changing.run(sessionId, async () => {
        const bases = await refuseTooMany(sessionId)
        const paths = (await store.files(sessionId)).map(({ path }) => path)
        const files = withoutWrapper(imported, paths)
        const base = {
          baseId: ids(),
          name: freeName(zipName(name), new Set(bases.map((one) => one.name))),
          addedBy: participantId,
          addedAt: clock(),
        }
        await store.saveZipBase(sessionId, {
          base,
          files: files.map(({ bytes, ...file }) => ({ file: { fileId: ids(), ...file, bytes: bytes.byteLength }, bytes })),
        })
        await tellAll(sessionId)
        return { base: { ...base, files: files.length }, skipped }
      })
    },

    removeBase: (sessionId, baseId) =>
      changing.run(sessionId, async () => {
        if (!(await store.removeZipBase(sessionId, baseId))) throw new SessionFailure('not_found')
        await tellAll(sessionId)
      }),
  }
}

/** Archives of a repository have a folder around everything. It is one of the files' own where the session has it too. */
function withoutWrapper(files: ImportedFile[], pathsNow: readonly string[]): ImportedFile[] {
  const folder = commonFolder(files.map(({ path }) => path))
  if (folder === '' || pathsNow.some((path) => path.startsWith(folder))) return files
  return files.map((file) => ({ ...file, path: file.path.slice(folder.length) }))
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const numbered = number === 1 ? name : `${name.slice(0, limits.nameLength - 4)} (${number})`
    if (!taken.has(numbered)) return numbered
  }
}
