import type { Logger } from 'pino'
import type { Store, StoredDocument } from '#store/store.ts'
import type { DocumentThread } from './document-thread.ts'
import { withIntactDocument } from './intact-document.ts'

/**
 * Stores a snapshot beside the last one, reads it back from the store and verifies it. Only then does what it makes superfluous go: a
 * crash between the steps, or a snapshot that is not what it should be, leaves a document that loads. Resolves to what the snapshot
 * covers and its length, or undefined where there was nothing to do.
 */
export async function compactDocument(options: {
  fileId: string
  store: Store
  log: Logger
  compactor: DocumentThread
}): Promise<{ covered: StoredDocument; bytes: number } | undefined> {
  const { fileId, store, compactor } = options
  const intact = await withIntactDocument(options, (stored) =>
    stored.tail.length === 0 ? undefined : compactor.compact(stored),
  )
  if (intact?.value === undefined) return undefined
  const { stored, value: snapshot } = intact
  const done = { covered: stored, bytes: snapshot.bytes.byteLength }
  await store.saveSnapshot(fileId, snapshot)
  const written = await store.snapshot(fileId, stored.seq)
  // Somebody else's newer one has already taken its place.
  if (written === undefined) return done
  try {
    await compactor.verify(written)
  } catch (error) {
    await store.dropSnapshot(fileId, stored.seq)
    throw error
  }
  await store.pruneDocument(fileId, stored.seq)
  return done
}
