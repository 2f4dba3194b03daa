import type * as Y from 'yjs'
import type { NewSnapshot, Snapshot, StoredDocument } from '#store/store.ts'
import { JobFailed, JobThread } from '#threads/job-thread.ts'
import { compaction } from './compaction.ts'
import type { DocumentAnswer, DocumentJob, DocumentWork, WorkName } from './document-worker.ts'
import { DocumentFailure } from './documents.ts'
import { loadedInSlices } from './gradual-load.ts'
import { checkSnapshot, loaded, storedBytes } from './stored-document.ts'

/** What of a document is applied within about two milliseconds, faster than it travels to another thread. */
const small = { bytes: 16 * 1024, rows: 64 }
/** Of fewer bytes no single update takes so long that it has to be cut, which only the thread can do, and that has to be started first. */
const slicedBytes = 64 * 1024
/** For whoever wants everything done in the calling thread. */
export const anySize = { bytes: Infinity, rows: Infinity }

/** Compacts and loads documents; large ones with a thread, started when the first one comes, so that they never block the event loop. */
export class DocumentThread {
  readonly #small: { bytes: number; rows: number }
  readonly #thread = new JobThread<DocumentJob, DocumentAnswer>(new URL('./document-worker.ts', import.meta.url))

  /** Documents of fewer bytes, in fewer rows, are done in the calling thread. */
  constructor(options: { small?: { bytes: number; rows: number } } = {}) {
    this.#small = options.small ?? small
  }

  async compact(stored: StoredDocument): Promise<NewSnapshot> {
    return this.#isSmall(stored) ? compaction(stored) : this.#inThread('compact', stored)
  }

  /** Rejects where the snapshot, loaded, is not what it says. */
  async verify(snapshot: Snapshot): Promise<void> {
    if (snapshot.bytes.byteLength < this.#small.bytes) checkSnapshot(snapshot)
    else await this.#inThread('verify', snapshot)
  }

  /** The Y.Doc of what is stored. Rejects where that is damaged. */
  async load(stored: StoredDocument): Promise<Y.Doc> {
    if (this.#isSmall(stored)) return loaded(stored)
    const isOfSmallPieces = storedBytes(stored) < slicedBytes
    return loadedInSlices(stored, async (updates) =>
      isOfSmallPieces ? updates.map((update) => [update]) : this.#inThread('slice', updates),
    )
  }

  /** What is under way is refused with `unavailable`, and so is what comes later. */
  close(): Promise<void> {
    return this.#thread.close()
  }

  #isSmall(stored: StoredDocument): boolean {
    return storedBytes(stored) < this.#small.bytes && stored.tail.length < this.#small.rows
  }

  async #inThread<Name extends WorkName>(name: Name, given: DocumentWork[Name]['given']): Promise<DocumentWork[Name]['made']> {
    try {
      return (await this.#thread.run({ name, given } as DocumentJob)) as DocumentWork[Name]['made']
    } catch (error) {
      if (error instanceof JobFailed) throw error
      // The thread's end is not what a damaged document would say: nothing is known about it.
      throw new DocumentFailure('unavailable', { cause: error })
    }
  }
}
