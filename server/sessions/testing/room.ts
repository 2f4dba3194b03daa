import { strToU8, zipSync, type Zippable } from 'fflate'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { createDocuments } from '#documents/create-documents.ts'
import { openStore } from '#store/open-store.ts'
import { createSessions } from '../create-sessions.ts'
import { editTextAs } from '../text-edit-as.ts'

const log = pino({ level: 'silent' })

/** A zip of texts and bytes by path. */
export function zipOf(files: Record<string, string | Uint8Array>): Uint8Array {
  const tree: Zippable = {}
  for (const [path, content] of Object.entries(files))
    tree[path] = [typeof content === 'string' ? strToU8(content) : content, { level: 0 }]
  return zipSync(tree)
}

/** A session with these files over a real store in memory, and its owner. */
export async function roomWith(files: Record<string, string | Uint8Array>) {
  const store = await openStore({ file: ':memory:', log })
  const documents = createDocuments({ store, log })
  let lastId = 0
  const ids = () => `id${++lastId}`
  const sessions = createSessions({
    store,
    documents,
    samplesDir: fileURLToPath(new URL('../samples', import.meta.url)),
    clock: () => 1_000,
    ids,
    defaultBackend: () => ({ backendId: 'replay', model: 'recorded' }),
    log,
  })
  onTestFinished(async () => {
    await sessions.close()
    await documents.close()
    await store.close()
  })
  const { sessionId } =
    Object.keys(files).length === 0
      ? await sessions.createEmpty('ada')
      : await sessions.createFromZip('ada', 'test.zip', zipOf(files), { keepFolder: true })
  const { participantId = '' } = (await sessions.participant(sessionId, 'ada')) ?? {}

  const idOf = async (path: string) => {
    const file = (await sessions.files(sessionId)).find((candidate) => candidate.path === path)
    if (file === undefined) throw new Error(`no file ${path}`)
    return file.fileId
  }
  return {
    store,
    documents,
    sessions,
    sessionId,
    participantId,
    idOf,
    text: async (path: string) => (await documents.text(await idOf(path))).text,
    /** Types as the owner. */
    type: async (path: string, at: number, length: number, text: string) => {
      const fileId = await idOf(path)
      const target = { fileId, participantId }
      await editTextAs({ documents, newPushId: ids }, target, async () => [{ start: at, end: at + length, text }])
    },
    paths: async () => (await sessions.files(sessionId)).map((file) => file.path),
  }
}
