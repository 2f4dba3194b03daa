import type { Hunk, HunkEvent } from '#protocol/hunks.ts'
import type { EndReason, Mark, Reference, Turn, TurnMeasurements, TurnStatus } from '#protocol/turns.ts'
import type { TurnFailure } from '#protocol/failures.ts'
import type { FileNode, Participant, SessionInfo } from '#protocol/sessions.ts'

/** Server-side half of a hunk record, beside what clients see: enough to reverse it after a restart. */
export type HunkReversal = {
  /** Id ranges that the hunk inserted: items `clock … clock+length-1` of `clientId`. */
  inserted: { clientId: number; clock: number; length: number }[]
  /** Foreign text that the hunk deleted: each piece a run of ids, with the encoded Y.RelativePosition of its own last item. */
  deleted: { text: string; after: Uint8Array }[]
  /**
   * Of the file that a rename or deletion has removed; its text is the hunk's `baseText`. `before`: the same without what other hunks of
   * the turn wrote there.
   */
  removedFile?: { lineEnding: FileNode['lineEnding']; fileId?: string; before?: string }
}

/** A hunk event together with what the store keeps of it. */
export type StoredHunkEvent = {
  event: HunkEvent
  reversal?: HunkReversal
  /** What undoing the hunk did to the document, in the form of a hunk; null once it is redone. */
  undoing?: HunkReversal | null
}

export type StoredHunk = Hunk & { sessionId: string; reversal: HunkReversal; undoing?: HunkReversal }

export type TurnRecord = {
  turnId: string
  sessionId: string
  number: number
  askedBy: string
  kind: Turn['kind']
  target?: NonNullable<Turn['target']>
  prompt: string
  references: Reference[]
  status: TurnStatus
  reason?: EndReason
  failure?: TurnFailure
  backend: { backendId: string; name: string; kind: 'live' | 'recorded'; model: string }
  startedAt: number
  text: string
  reasoning: string
  marks: Mark[]
  measurements?: TurnMeasurements
  rolledBack?: true
}

/** The state of all files of a session before a turn. */
export type Checkpoint = {
  sessionId: string
  /** 1, 2, … in the order in which the session's checkpoints were taken. */
  order: number
  /** By path. `hash` names the blob of the file's text (or bytes), which is that of its document at `seq`. */
  files: (FileNode & { hash: string; seq: number })[]
}

/** Where a file stands now. `hash` names what it was at `seq`; a binary file has no log, its seqs are 0. */
export type FileVersion = {
  fileId: string
  hash: string
  seq: number
  /** Last seq of its document. */
  headSeq: number
  /** Last seq that a person pushed. */
  typedSeq: number
}

export type LogAppend = {
  sessionId: string
  fileId: string
  author: string
  pushId?: string
  update?: Uint8Array
  hunkEvents?: StoredHunkEvent[]
  /** The row is stored only if it comes right after this seq (else `StoreFailure` with code `gap`); a repeat never is. */
  afterSeq?: number
}

/**
 * Durable state. Writes resolve after their transaction is on disk; one writer thread owns the write connection and commits
 * back to back whatever arrived while the last batch committed. Reads go to a second, read-only connection.
 * Rejects with the database's error as `cause` of an `Error` named `StoreFailure`; nothing was then changed.
 */
export interface Store {
  // sessions, people, tree
  createSession(session: {
    session: SessionInfo
    owner: Participant & { visitId: string }
    files: { file: FileNode; bytes: Uint8Array }[]
  }): Promise<void>
  session(sessionId: string): Promise<SessionInfo | undefined>
  sessionsOf(visitId: string): Promise<{ session: SessionInfo; files: number; turns: number; openedAt: number }[]>
  updateSession(sessionId: string, change: { name?: string; backendId?: string; model?: string }): Promise<void>
  touchSession(sessionId: string, visitId: string, openedAt: number): Promise<void>
  deleteSession(sessionId: string): Promise<void>
  participants(sessionId: string): Promise<(Participant & { visitId: string })[]>
  files(sessionId: string): Promise<FileNode[]>
  file(sessionId: string, fileId: string): Promise<FileNode | undefined>
  /** `hunkEvents`: of hunks that say what happened to the files, in the same transaction. */
  saveFiles(sessionId: string, files: { file: FileNode; bytes?: Uint8Array }[], hunkEvents?: StoredHunkEvent[]): Promise<void>
  removeFiles(sessionId: string, fileIds: string[]): Promise<void>
  saveVisit(visit: { visitId: string; createdAt: number }): Promise<void>
  visit(visitId: string): Promise<{ visitId: string } | undefined>

  // documents
  document(fileId: string): Promise<
    | {
        sessionId: string
        seq: number
        /** Either the newest snapshot, or the bytes that the document starts from. */
        snapshot?: Uint8Array
        blob?: Uint8Array
        /** The log rows after it, in order. */
        tail: { seq: number; author: string; pushId?: string; update?: Uint8Array }[]
      }
    | undefined
  >
  /** Assigns the next seq and stores the update and the hunk records in one transaction. Repeats of a pushId return its old seq. */
  append(row: LogAppend): Promise<{ seq: number; repeated: boolean }>
  reserveClient(fileId: string, clientId: number, owner: string): Promise<void>
  clientOwner(fileId: string, clientId: number): Promise<string | undefined>
  /** Stores a snapshot up to `seq` and the text as a blob, and drops the log rows it covers. */
  compact(fileId: string, compacted: { seq: number; snapshot: Uint8Array; text: string }): Promise<void>
  texts(sessionId: string): Promise<{ fileId: string; text: string; seq: number; tail: boolean }[]>

  // turns
  createTurn(turn: TurnRecord): Promise<void>
  /** Appends to the stored answer; offsets in UTF-16 units must continue what is stored. */
  appendTurn(
    turnId: string,
    piece: { at: number; text: string; reasoningAt: number; reasoning: string; marks: Mark[] },
  ): Promise<void>
  updateTurn(
    turnId: string,
    change: { status: TurnStatus; reason?: EndReason; failure?: TurnFailure; measurements?: TurnMeasurements },
  ): Promise<void>
  turns(sessionId: string): Promise<TurnRecord[]>
  turn(turnId: string): Promise<TurnRecord | undefined>
  unendedTurns(): Promise<TurnRecord[]>
  hunks(sessionId: string): Promise<StoredHunk[]>
  hunksById(hunkIds: string[]): Promise<StoredHunk[]>
  /** Settled hunks of all sessions that somebody has decided all the same: what follows from that has only begun. */
  begunHunks(): Promise<StoredHunk[]>
  hunksOfTurn(turnId: string): Promise<StoredHunk[]>
  hunksOfFile(sessionId: string, fileId: string): Promise<StoredHunk[]>
  /** For hunks that belong to no document. */
  saveHunks(sessionId: string, events: StoredHunkEvent[]): Promise<void>

  // checkpoints
  /** Writes down all files of the turn's session as they are stored; of those in `texts` the text at that seq instead. */
  saveCheckpoint(turnId: string, texts: { file: FileNode; text: string; seq: number }[]): Promise<void>
  checkpoint(turnId: string): Promise<Checkpoint | undefined>
  fileVersions(sessionId: string): Promise<FileVersion[]>
  fileVersion(fileId: string): Promise<FileVersion | undefined>
  blob(hash: string): Promise<Uint8Array | undefined>
  /** Hunks that were opened after that checkpoint of the session was taken, oldest first. */
  hunksSince(sessionId: string, order: number): Promise<StoredHunk[]>
  rollBackTurns(turnIds: string[]): Promise<void>

  close(): Promise<void>
}
