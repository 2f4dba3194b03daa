import { isFileGone, type Documents } from '#documents/documents.ts'
import { isProposal, type HunkEvent } from '#protocol/hunks.ts'
import type { Store, StoredHunkEvent } from '#store/store.ts'
import type { DocumentLines } from './document-lines.ts'
import type { FailedBlock } from './failed-block.ts'
import { publicHunk } from './roll-back.ts'

type Rooms = {
  store: Store
  documents: Documents
  lines: DocumentLines
  onHunks: (sessionId: string, hunkEvents: HunkEvent[]) => void
}
type AskingTurn = { turnId: string; sessionId: string }

/**
 * Proposals whose blocks a model is asked to write again. Until it has, nobody applies them: the text would stand there twice. Dismissed
 * they may be.
 */
export class AskedAgain {
  readonly #rooms: Rooms
  readonly #hunkIds = new Set<string>()

  constructor(rooms: Rooms) {
    this.#rooms = rooms
  }

  has(hunkId: string): boolean {
    return this.#hunkIds.has(hunkId)
  }

  /** Those of the blocks whose proposals nobody has dealt with; from now on they are asked for. */
  async begin({ sessionId }: AskingTurn, failed: readonly FailedBlock[]): Promise<FailedBlock[]> {
    const { store, lines } = this.#rooms
    const open = new Set<string>()
    for (const [fileId, hunkIds] of byFile(failed)) {
      await lines.run(fileId ?? sessionId, async () => {
        for (const { hunkId } of (await store.hunksById(hunkIds)).filter(isProposal)) {
          open.add(hunkId)
          this.#hunkIds.add(hunkId)
        }
      })
    }
    return failed.filter(({ hunk }) => open.has(hunk.hunkId))
  }

  /** They are not asked for any more. */
  end(failed: readonly FailedBlock[]): void {
    for (const { hunk } of failed) this.#hunkIds.delete(hunk.hunkId)
  }

  /** Closes the proposals of blocks that the model has written again, unless somebody has dismissed them meanwhile. */
  async supersede({ sessionId, turnId }: AskingTurn, failed: readonly FailedBlock[]): Promise<void> {
    const { store, documents, lines, onHunks } = this.#rooms
    for (const [fileId, hunkIds] of byFile(failed)) {
      await lines.run(fileId ?? sessionId, async () => {
        const open = (await store.hunksById(hunkIds)).filter(isProposal)
        const events = open.map((hunk): StoredHunkEvent => ({
          event: { type: 'changed', hunk: { ...publicHunk(hunk), state: 'aborted', reason: 'retried' } },
        }))
        if (events.length === 0) return
        if (fileId !== null && (await commitInDocument(documents, fileId, turnId, events))) return
        await store.saveHunks(sessionId, events)
        onHunks(
          sessionId,
          events.map(({ event }) => event),
        )
      })
    }
  }
}

function byFile(failed: readonly FailedBlock[]): Map<string | null, string[]> {
  const files = new Map<string | null, string[]>()
  for (const { hunk } of failed) files.set(hunk.fileId, [...(files.get(hunk.fileId) ?? []), hunk.hunkId])
  return files
}

/** False where the file is gone. */
async function commitInDocument(
  documents: Documents,
  fileId: string,
  turnId: string,
  events: StoredHunkEvent[],
): Promise<boolean> {
  try {
    const replica = await documents.replica(fileId, { kind: 'assistant', turnId })
    try {
      await replica.commit(undefined, () => events)
    } finally {
      replica.close()
    }
    return true
  } catch (error) {
    if (isFileGone(error)) return false
    throw error
  }
}
