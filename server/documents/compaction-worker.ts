import { parentPort } from 'node:worker_threads'
import { compaction, type Compaction } from './compaction.ts'
import type { StoredDocument } from './stored-document.ts'

/** Compacts documents in a thread of their own, one message each. */
export type ToCompaction = { id: number; stored: StoredDocument }
export type FromCompaction = { id: number; compaction: Compaction } | { id: number; problem: string }

parentPort?.on('message', ({ id, stored }: ToCompaction) => {
  parentPort?.postMessage(answer(id, stored))
})

function answer(id: number, stored: StoredDocument): FromCompaction {
  try {
    return { id, compaction: compaction(stored) }
  } catch (error) {
    return { id, problem: String(error) }
  }
}
