import type { Hunk, HunkEvent } from '#protocol/hunks.ts'
import type { EndReason, Mark, Reference, Turn, TurnMeasurements, TurnStatus } from '#protocol/turns.ts'
import type { TurnFailure } from '#protocol/failures.ts'
import type { Role } from '#protocol/roles.ts'
import type { BaseFile, BaseStore } from './base-records.ts'
import type { MessageStore } from './message-store.ts'
import type { ReviewStore } from './review-records.ts'
import type { LinkInfo } from '#protocol/links.ts'
import type { FileNode, Participant, SessionInfo } from '#protocol/sessions.ts'
import type { Standing } from '#protocol/sharing.ts'

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
  /** Its answer is read for remarks about lines. */
  review?: true
  /** The turn whose answer this one goes on with. */
  continues?: string
  status: TurnStatus
  reason?: EndReason
  stoppedBy?: string
  failure?: TurnFailure
  backend: { backendId: string; name: string; kind: 'live' | 'recorded'; model: string }
  startedAt: number
  text: string
  reasoning: string
  marks: Mark[]
  measurements?: TurnMeasurements
  rolledBack?: true
  /** `saveCheckpoint` makes it true, nothing else. */
  hasCheckpoint?: true
}

/** The state of all files of a session before a turn. */
export type Checkpoint = {
  sessionId: string
  /** 1, 2, … in the order in which the session's checkpoints were taken. */
  order: number
  /** By path. The text is that of the file's document at `seq`. */
  files: (BaseFile & { seq: number })[]
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

/** A person of a session, or one who asked to be; `visitId` is the browser they come from. */
export type StoredParticipant = Omit<Participant, 'removed'> & {
  visitId: string
  standing: Standing
  joinedAt: number
  /** The link they came through last. */
  linkId?: string
  /** An owner took the role down, so no link takes it up again. */
  roleHeld?: true
  /** SHA-256 of the code with which this owner comes back. */
  recoveryHash?: string
}

export type StoredLink = LinkInfo & { secretHash: string }

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

/** A row of a document's log. */
export type StoredRow = { seq: number; author: string; pushId?: string; update?: Uint8Array }

/** A whole document in Yjs's encoding. `holds`: what loading it must give; `textHash` is the SHA-256 of the text, in hex. */
export type Snapshot = { bytes: Uint8Array; holds?: { stateVector: Uint8Array; textHash: string } }

/** `seed`: with the first snapshot of a document, what it started from. */
export type NewSnapshot = Snapshot & { seq: number; text: string; seed?: Snapshot }

export type StoredDocument = {
  sessionId: string
  /** The last one. */
  seq: number
  epoch: number
  /** Either a snapshot, or the bytes that the document starts from. */
  snapshot?: Snapshot
  blob?: Uint8Array
  /** What the snapshot covers; 0 where there is none. */
  snapshotSeq: number
  /** The log rows after it, in order. */
  tail: StoredRow[]
  /** Of the rows before it that are kept. */
  earlierPushes: { seq: number; pushId: string }[]
}

/** To whom a client id was issued (see `server/documents/author.ts`), and the most that they were allowed while they wrote under it. */
export type IssuedClient = { owner: string; role: Role }

/**
 * Durable state. Writes resolve after their transaction is on disk; one writer thread owns the write connection and commits
 * back to back whatever arrived while the last batch committed. Reads go to a second, read-only connection.
 * Rejects with the database's error as `cause` of an `Error` named `StoreFailure`; nothing was then changed.
 */
export interface Store extends MessageStore, ReviewStore, BaseStore {
  // sessions, people, tree
  createSession(session: {
    session: SessionInfo
    owner: Participant & { visitId: string }
    files: { file: FileNode; bytes: Uint8Array }[]
  }): Promise<void>
  session(sessionId: string): Promise<SessionInfo | undefined>
  sessionsOf(visitId: string): Promise<{ session: SessionInfo; files: number; turns: number; openedAt: number }[]>
  updateSession(
    sessionId: string,
    change: { name?: string; backendId?: string; model?: string; approval?: boolean },
  ): Promise<void>
  touchSession(sessionId: string, visitId: string, openedAt: number): Promise<void>
  deleteSession(sessionId: string): Promise<void>
  /** Whatever their standing, in the order in which they came. */
  participants(sessionId: string): Promise<StoredParticipant[]>
  participantByRecovery(recoveryHash: string): Promise<{ sessionId: string; participantId: string } | undefined>
  /** Newest first. */
  links(sessionId: string): Promise<StoredLink[]>
  /** Adds or changes people and links of a session, all in one transaction. */
  saveSharing(sessionId: string, changed: { people?: StoredParticipant[]; links?: StoredLink[] }): Promise<void>
  files(sessionId: string): Promise<FileNode[]>
  file(sessionId: string, fileId: string): Promise<FileNode | undefined>
  /** Folders that exist without files, by path. */
  folders(sessionId: string): Promise<string[]>
  /**
   * In the same transaction: `hunkEvents`, of hunks that say what happened to the files; `folders`, all those that exist without files
   * from now on.
   */
  saveFiles(
    sessionId: string,
    files: { file: FileNode; bytes?: Uint8Array }[],
    more?: { hunkEvents?: StoredHunkEvent[]; folders?: string[] },
  ): Promise<void>
  removeFiles(sessionId: string, fileIds: string[], more?: { folders?: string[] }): Promise<void>
  saveVisit(visit: { visitId: string; createdAt: number }): Promise<void>
  visit(visitId: string): Promise<{ visitId: string } | undefined>

  // documents
  /**
   * A document as of its newest snapshot; `beforeSnapshot`: as of the newest one that covers less than that seq. Undefined where there is
   * no (such) document.
   */
  document(fileId: string, beforeSnapshot?: number): Promise<StoredDocument | undefined>
  /** The rows after a seq that are kept. */
  documentRows(fileId: string, afterSeq: number): Promise<{ headSeq: number; epoch: number; rows: StoredRow[] } | undefined>
  /** The snapshot of exactly that seq. */
  snapshot(fileId: string, seq: number): Promise<Snapshot | undefined>
  /** Assigns the next seq and stores the update and the hunk records in one transaction. Repeats of a pushId return its old seq. */
  append(row: LogAppend): Promise<{ seq: number; repeated: boolean }>
  /** Rejects with `refused` where the id was issued before. */
  reserveClient(fileId: string, clientId: number, client: IssuedClient): Promise<void>
  updateClient(fileId: string, clientId: number, role: Role): Promise<void>
  issuedClient(fileId: string, clientId: number): Promise<IssuedClient | undefined>
  /** Of one document, or of all: what tabs hold does not continue into what is stored. */
  raiseEpoch(fileId?: string): Promise<void>
  /** Stores a snapshot beside the ones before, and its text as a blob. */
  saveSnapshot(fileId: string, snapshot: NewSnapshot): Promise<void>
  /** Drops what the snapshot of that seq makes superfluous. The one before it stays, with all rows since then. */
  pruneDocument(fileId: string, verifiedSeq: number): Promise<void>
  /** Forgets a snapshot that cannot be loaded; there must be another. */
  dropSnapshot(fileId: string, seq: number): Promise<void>
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
    change: {
      status: TurnStatus
      startedAt?: number
      reason?: EndReason
      stoppedBy?: string
      failure?: TurnFailure
      measurements?: TurnMeasurements
    },
  ): Promise<void>
  /** Gives turns of a session other numbers, which may be each other's. */
  numberTurns(sessionId: string, numbers: { turnId: string; number: number }[]): Promise<void>
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
