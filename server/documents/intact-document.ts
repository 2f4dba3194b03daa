import type { Logger } from 'pino'
import type { Store, StoredDocument } from '#store/store.ts'
import { DocumentFailure } from './documents.ts'

/**
 * Reads a document and does with it what fails where its snapshot is damaged. Then the snapshot before it, and the rows since, take its
 * place: nothing is lost by that, and the damaged one is forgotten once that has worked. Resolves to undefined where there is no
 * document, rejects where no snapshot leads to its last row.
 */
export async function withIntactDocument<Value>(
  { store, log, fileId }: { store: Store; log: Logger; fileId: string },
  use: (stored: StoredDocument) => Value | Promise<Value>,
): Promise<{ stored: StoredDocument; value: Value } | undefined> {
  const damaged: number[] = []
  let stored = await store.document(fileId)
  while (stored !== undefined) {
    try {
      const value = await use(stored)
      for (const seq of damaged) await store.dropSnapshot(fileId, seq)
      return { stored, value }
    } catch (error) {
      // It was not looked at.
      if (error instanceof DocumentFailure) throw error
      const earlier = stored.snapshotSeq > 0 ? await store.document(fileId, stored.snapshotSeq) : undefined
      if (earlier === undefined) throw error
      log.error({ err: error, fileId, seq: stored.snapshotSeq }, 'a snapshot does not load, the one before it is used')
      damaged.push(stored.snapshotSeq)
      stored = earlier
    }
  }
  return undefined
}
