import Sqlite from 'better-sqlite3'
import { StoreFailure } from './store-failure.ts'

/** A server that is being restarted needs this long to go. */
const longestWaitMs = 3_000

/**
 * Takes a database file for this process alone: a second server would take the turns of the first one for interrupted ones, and
 * its documents would not follow. The lock is one on `<file>-lock`, which the system lets go however the process ends. Returns what
 * lets go of it. Throws `StoreFailure` `in_use`, after a while.
 */
export function lockStore(file: string): () => void {
  const lock = new Sqlite(`${file}-lock`, { timeout: longestWaitMs })
  try {
    lock.exec('begin exclusive')
  } catch (cause) {
    lock.close()
    throw new StoreFailure('in_use', 'The database is in use by another server.', { cause })
  }
  return () => lock.close()
}
