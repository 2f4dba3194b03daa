import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Logger } from 'pino'
import { openStore } from '#store/open-store.ts'
import { StoreFailure } from '#store/store-failure.ts'

/**
 * After a backup was restored: begins a new epoch in all documents, so that no browser merges what it still has of the time that was set
 * back. Returns the sentence that the operator is told, and whether it worked.
 */
export async function beginNewEpoch(dataDir: string, log: Logger): Promise<{ done: boolean; sentence: string }> {
  const file = path.join(dataDir, 'flint.sqlite')
  if (!existsSync(file)) return { done: false, sentence: `there is no database in ${dataDir}; set DATA_DIR to its folder.` }
  try {
    const store = await openStore({ file, log })
    try {
      await store.raiseEpoch()
    } finally {
      await store.close()
    }
    return { done: true, sentence: 'all documents have begun a new epoch; start Flint again.' }
  } catch (error) {
    if (!(error instanceof StoreFailure)) throw error
    if (error.code === 'in_use') return { done: false, sentence: 'Flint is running on this database; stop it first.' }
    return { done: false, sentence: `the database cannot be opened: ${error.message}` }
  }
}
