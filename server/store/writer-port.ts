import type { WriteName, WritePayload, WriteResult } from './writes.ts'

/** Takes writes and commits them in the order in which they came. */
export interface Writer {
  /** Resolves when the write is on disk; rejects with `StoreFailure`. */
  write<Name extends WriteName>(name: Name, payload: WritePayload<Name>): Promise<WriteResult<Name>>
  /** Commits what was accepted, then lets go of the database. */
  close(): Promise<void>
}
