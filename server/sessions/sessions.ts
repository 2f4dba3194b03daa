import type { CreatedSession, RecentSession, SampleInfo } from '#protocol/http.ts'
import type { FileNode, Participant, SessionInfo } from '#protocol/sessions.ts'
import type { StoredHunkEvent } from '#store/store.ts'

/** What happened to a session; the socket room tells it to the session's connections. */
export type SessionEvent =
  | { type: 'updated'; session: SessionInfo }
  | { type: 'deleted'; sessionId: string }
  | { type: 'tree'; sessionId: string; changed: FileNode[]; removed: string[] }

export type SessionFailureCode =
  | 'not_found'
  | 'denied'
  | 'invalid_path'
  | 'path_taken'
  | 'limit_reached'
  | 'too_large'
  | 'not_a_zip'
  | 'nothing_to_import'
  | 'unavailable'

export class SessionFailure extends Error {
  override name = 'SessionFailure'
  readonly code: SessionFailureCode
  constructor(code: SessionFailureCode, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** Sessions, their trees and people. Every call that takes a `visitId` checks membership first. */
export interface Sessions {
  samples(): SampleInfo[]
  createFromSample(visitId: string, sampleId: string): Promise<CreatedSession>
  createEmpty(visitId: string, name?: string): Promise<CreatedSession>
  /**
   * Imports a zip. Reads with limits on count and size; never trusts a path. `keepFolder`: it is what a picked folder became,
   * so a folder around everything is one of its own.
   */
  createFromZip(visitId: string, name: string, zip: Uint8Array, options?: { keepFolder?: boolean }): Promise<CreatedSession>
  recent(visitId: string): Promise<RecentSession[]>
  rename(visitId: string, sessionId: string, name: string): Promise<void>
  remove(visitId: string, sessionId: string): Promise<void>
  chooseModel(sessionId: string, backendId: string, model: string): Promise<void>

  /** The participant behind a visit, or undefined where it may not enter. */
  participant(sessionId: string, visitId: string): Promise<Participant | undefined>
  participants(sessionId: string): Promise<Participant[]>
  info(sessionId: string): Promise<SessionInfo | undefined>
  /** Marks the session as opened now, for `recent`. */
  touch(sessionId: string, visitId: string): Promise<void>

  files(sessionId: string): Promise<FileNode[]>
  file(sessionId: string, fileId: string): Promise<FileNode | undefined>
  /**
   * Creates a text file; `proposedBy` marks it as proposed by that turn. `hunkEvents`, of hunks that tell of the file, are stored with it.
   * Rejects `invalid_path`, `path_taken`, `limit_reached`.
   */
  createFile(
    sessionId: string,
    path: string,
    options?: { text?: string; proposedBy?: string; hunkEvents?: (file: FileNode) => StoredHunkEvent[] },
  ): Promise<FileNode>
  /** Adds a file with this content (LF where it is text). Rejects as `createFile` does. */
  addFile(
    sessionId: string,
    path: string,
    content: Pick<FileNode, 'kind' | 'lineEnding'> & { bytes: Uint8Array },
  ): Promise<FileNode>
  renameFile(sessionId: string, fileId: string, path: string): Promise<FileNode>
  deleteFile(sessionId: string, fileId: string): Promise<void>
  renameFolder(sessionId: string, from: string, to: string): Promise<FileNode[]>
  deleteFolder(sessionId: string, path: string): Promise<string[]>
  /** Takes the *proposed* mark off a created file. */
  confirmFile(sessionId: string, fileId: string): Promise<void>
  /** Last stored text of every text file, read from blobs and, where newer, from the log. */
  texts(sessionId: string): Promise<{ fileId: string; text: string; seq: number }[]>

  onEvent(listener: (event: SessionEvent) => void): () => void
}
