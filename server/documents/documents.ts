import type * as Y from 'yjs'
import type { HunkEvent } from '#protocol/hunks.ts'
import type { Role } from '#protocol/roles.ts'
import type { StoredHunkEvent } from '#store/store.ts'

/** Who wrote a row: a participant, or the assistant on behalf of a turn. */
export type Author = { kind: 'participant'; participantId: string } | { kind: 'assistant'; turnId: string }

/** A row of a document's log after its commit. */
export type CommittedRow = {
  sessionId: string
  fileId: string
  seq: number
  author: Author
  pushId?: string
  update?: Uint8Array
  hunkEvents?: HunkEvent[]
}

export type OpenedDocument = { clientId: number; seq: number; epoch: number; update: Uint8Array }

/** A document as it is stored: updates that make it, applied one after the other. */
export type StoredState = { seq: number; epoch: number; updates: Uint8Array[] }

/** A person who opens a document. What a tab has already: the client id and the epoch it was given, and what its Y.Doc holds. */
export type DocumentViewer = {
  participantId: string
  /** A viewer's where absent. */
  role?: Role
  clientId?: number
  epoch?: number
  stateVector?: Uint8Array
}

/** `epoch`: in which the update was written; absent where that cannot have changed. */
export type DocumentPush = { participantId: string; pushId: string; epoch?: number; update: Uint8Array }

/** The rows after a seq, or that some of them are not kept any more. */
export type MissedRows =
  | { compacted: false; headSeq: number; rows: { seq: number; pushId?: string; update?: Uint8Array }[] }
  | { compacted: true; headSeq: number }

/** What a document is at a committed seq. */
export type CommittedHead = { sessionId: string; fileId: string; seq: number; hash: string }

/**
 * The assistant's (or a decision's) own copy of a document, with a client id of its own. It follows the committed log and
 * writes through the same checked push path as a person.
 */
export interface Replica {
  readonly fileId: string
  readonly clientId: number
  readonly doc: Y.Doc
  /** The root `text`. Read it freely; write it only inside `commit`. */
  readonly text: Y.Text
  /**
   * Runs `edit` in one transaction and commits its update together with the hunk events in one log row. `hunkEvents` runs
   * after `edit`, inside the same tick, so that it can encode positions of what was just written. Resolves once durable.
   * With neither text nor events to write it resolves at once with the current seq.
   */
  commit(edit: ((text: Y.Text) => void) | undefined, hunkEvents?: () => StoredHunkEvent[]): Promise<{ seq: number }>
  /** Told of every change of `text` that this replica did not make itself, after it was applied. Returns its undo. */
  onForeignChange(listener: (event: Y.YTextEvent) => void): () => void
  close(): void
}

export type PushFailure =
  | 'not_found'
  | 'too_large'
  | 'forbidden_content'
  | 'foreign_client'
  | 'resync'
  | 'epoch_changed'
  | 'denied'
  | 'unavailable'

/** Y.Docs of open files: load, check, commit, broadcast. Commit comes before broadcast and ack. */
export interface Documents {
  /**
   * State for a viewer. Issues a fresh client id (durably reserved for that participant), or confirms `clientId` when the
   * same Y.Doc object comes back after a reconnect. Describes committed state only. Rejects with `DocumentFailure`: `epoch_changed` where
   * the document does not continue what the viewer has.
   */
  open(fileId: string, viewer: DocumentViewer): Promise<OpenedDocument>
  /** The same, but without an update where that is larger: the viewer takes `state`. */
  openWithin(
    fileId: string,
    viewer: DocumentViewer,
    mostBytes: number,
  ): Promise<Omit<OpenedDocument, 'update'> & { update: Uint8Array | undefined }>
  /** The whole committed state; the same object for everybody who asks until it changes. */
  state(fileId: string): Promise<StoredState>
  /** Checks and commits one update of a participant. Rejects with `DocumentFailure`. Repeats of a pushId are harmless. */
  push(fileId: string, push: DocumentPush): Promise<{ seq: number }>
  /** Whether an update of somebody whose role was lowered since might have been pushed, and whether it was. Rejects with `DocumentFailure`. */
  checkOffered(fileId: string, push: DocumentPush): Promise<{ stored: boolean }>
  /** `epoch_changed` where the document has never been that far. */
  rows(fileId: string, afterSeq: number): Promise<MissedRows>
  replica(fileId: string, author: Author): Promise<Replica>
  /** Committed text and its seq. */
  text(fileId: string): Promise<{ text: string; seq: number }>
  /** Takes something from the committed text, such as positions in it. `text` is only read, and not kept. */
  read<Value>(fileId: string, take: (text: Y.Text) => Value): Promise<{ value: Value; seq: number }>
  /** Every committed row of every document, in commit order per document. Returns its undo. */
  onCommitted(listener: (row: CommittedRow) => void): () => void
  /** Of documents that somebody has opened: what they are, some time after they have changed. Returns its undo. */
  onHead(listener: (head: CommittedHead) => void): () => void
  /** Somebody holds something else than what the document is at that seq: must never happen, is logged and counted. */
  mismatched(fileId: string, told: { participantId: string; seq: number; hash: string }): void
  /** Lets go of a viewer's interest; a document without interest is unloaded after its text was stored as a blob. */
  release(fileId: string): void
  /** The files were deleted: whoever still has one of them open is told `not_found` at the next call. */
  forget(fileIds: readonly string[]): void
  close(): Promise<void>
}

export class DocumentFailure extends Error {
  override name = 'DocumentFailure'
  readonly code: PushFailure
  constructor(code: PushFailure, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}

/** Whether something failed because there is no such document, or none any more: its file was deleted. */
export function isFileGone(failure: unknown): boolean {
  return failure instanceof DocumentFailure && failure.code === 'not_found'
}
