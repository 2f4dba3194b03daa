import type { Readable } from 'node:stream'
import type { AddedBase, BaseId, ZipBase } from '#protocol/bases.ts'
import type { ConflictChoice, CreatedSession, ImportedInto, RecentSession, SampleInfo, SkippedFile } from '#protocol/http.ts'
import type { ReplaceBody, ReplaceReply, ReplaceUndone, SearchBody, SearchLine } from '#protocol/search.ts'
import type { FileNode, SessionInfo } from '#protocol/sessions.ts'
import type { TreeChange } from '#protocol/tree.ts'
import type { StoredHunkEvent } from '#store/store.ts'
import type { Sharing, SharingEvent } from './sharing.ts'

/** What happened to a session; the socket room tells it to the session's connections. */
export type SessionEvent =
  | { type: 'updated'; session: SessionInfo }
  | { type: 'deleted'; sessionId: string }
  | { type: 'bases'; sessionId: string; bases: ZipBase[] }
  | { type: 'tree'; sessionId: string; change: TreeChange }
  | SharingEvent

/** `taken`: the paths that were asked for, and the files that have them. */
export type AddedFiles = { added: number; taken: { fileId: string; path: string }[]; refused: SkippedFile[] }

/** What a person asks of a session's tree. */
export type TreeOperation =
  | { type: 'createFile' | 'createFolder' | 'deleteFolder'; path: string }
  | { type: 'renameFile'; fileId: string; path: string }
  | { type: 'deleteFile' | 'duplicateFile'; fileId: string }
  | { type: 'renameFolder'; from: string; to: string }

export type SessionFailureCode =
  | 'not_found'
  | 'denied'
  | 'invalid_path'
  | 'path_taken'
  | 'limit_reached'
  | 'session_full'
  | 'too_large'
  | 'not_a_zip'
  | 'invalid_pattern'
  | 'nothing_to_import'
  | 'too_many_bases'
  | 'invalid_name'
  | 'name_taken'
  | 'last_owner'
  | 'link_expired'
  | 'link_revoked'
  | 'link_used_up'
  | 'declined'
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
export interface Sessions extends Sharing {
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

  info(sessionId: string): Promise<SessionInfo | undefined>
  /** Marks the session as opened now, for `recent`. */
  touch(sessionId: string, visitId: string): Promise<void>

  /** The tree with the version up to which it surely holds every change; later ones may be in it. */
  tree(sessionId: string): Promise<{ treeVersion: number; files: FileNode[]; folders: string[] }>
  /** Does what a person asks. A folder that loses its last file by it stays. Rejects as the calls below do. */
  changeTree(sessionId: string, operation: TreeOperation): Promise<TreeChange>
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
  /** Adds many files; those whose path another file has are told, or given a path beside it. */
  addFiles(
    sessionId: string,
    files: readonly (Pick<FileNode, 'kind' | 'lineEnding'> & { path: string; bytes: Uint8Array })[],
    onTaken: 'tell' | 'beside',
  ): Promise<AddedFiles>
  renameFile(sessionId: string, fileId: string, path: string): Promise<FileNode>
  deleteFile(sessionId: string, fileId: string): Promise<void>
  /** Takes the *proposed* mark off a created file. */
  confirmFile(sessionId: string, fileId: string): Promise<void>
  /** Last stored text of every text file, read from blobs and, where newer, from the log. */
  texts(sessionId: string): Promise<{ fileId: string; text: string; seq: number }[]>

  /** Searches committed texts; ending the iteration ends it. Rejects `invalid_pattern`. */
  search(sessionId: string, search: SearchBody): AsyncGenerator<SearchLine>
  /** Replaces as that participant, one push per file. Rejects `invalid_pattern`. */
  replace(sessionId: string, participantId: string, replace: ReplaceBody): Promise<ReplaceReply>
  /** Takes a replacement back where nobody has written since. Rejects `not_found` where it is not remembered. */
  undoReplace(sessionId: string, participantId: string, replaceId: string): Promise<ReplaceUndone>

  /** Brings the files of a zip in. Rejects `not_a_zip`, `nothing_to_import`. */
  importInto(
    sessionId: string,
    participantId: string,
    zip: Uint8Array,
    options: { folder: string; onConflict: ConflictChoice; keepFolder: boolean },
  ): Promise<ImportedInto>
  /** A file as it is now, with its line endings. */
  fileContent(sessionId: string, fileId: string): Promise<{ file: FileNode; bytes: Uint8Array }>
  /** All files as they are now. */
  zip(sessionId: string): Promise<Readable>
  /** What changed since a base, as `git apply` takes it; `fileIds`: in these files alone. Rejects `not_found`. */
  patch(sessionId: string, base: BaseId, fileIds?: ReadonlySet<string>): Promise<Readable>

  /** Zips to compare with, oldest first. */
  bases(sessionId: string): Promise<ZipBase[]>
  /** Rejects `not_a_zip`, `nothing_to_import`, `too_many_bases`. */
  addBase(sessionId: string, participantId: string, zip: { name: string; zip: Uint8Array }): Promise<AddedBase>
  /** Rejects `not_found`. */
  removeBase(sessionId: string, baseId: string): Promise<void>

  /** Ends the threads that search and compare. */
  close(): Promise<void>

  onEvent(listener: (event: SessionEvent) => void): () => void
}
