import type { BaseId, ZipBase } from '#protocol/bases.ts'
import type { FileNode } from '#protocol/sessions.ts'

/** A file as it was in a base. `hash` names the blob of its text (or bytes). */
export type BaseFile = FileNode & { hash: string }

/** What the files of a session are compared with, by path. */
export type BaseFiles = { sessionId: string; files: BaseFile[] }

export type NewZipBase<Content = Uint8Array> = { base: Omit<ZipBase, 'files'>; files: { file: FileNode; bytes: Content }[] }

/** The zips that sessions are compared with, and the files of every base. */
export interface BaseStore {
  saveZipBase(sessionId: string, zip: NewZipBase): Promise<void>
  /** Its texts go with it, where nothing else names them. False where the session has no such zip. */
  removeZipBase(sessionId: string, baseId: string): Promise<boolean>
  /** Oldest first. */
  zipBases(sessionId: string): Promise<ZipBase[]>
  /** Undefined where the session has no such base: it had no start written down, the turn no checkpoint, or the zip was removed. */
  baseFiles(sessionId: string, baseId: BaseId): Promise<BaseFiles | undefined>
}
