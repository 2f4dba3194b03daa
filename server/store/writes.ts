import type { Kysely } from 'kysely'
import { removeZipBase, saveZipBase } from './base-writes.ts'
import { saveLooseBlobs, sweepBlobs } from './blob-writes.ts'
import { rollBackTurns, saveCheckpoint } from './checkpoint-writes.ts'
import { dropSnapshot, pruneDocument, saveSnapshot } from './compaction-writes.ts'
import { append, raiseEpoch, reserveClient, updateClient } from './document-writes.ts'
import { saveHunks } from './hunk-writes.ts'
import { createMessage, deleteMessage, editMessage } from './message-writes.ts'
import { saveReview } from './review-writes.ts'
import type { Schema } from './schema.ts'
import {
  createSession,
  deleteSession,
  removeFiles,
  saveFiles,
  saveVisit,
  touchSession,
  updateSession,
} from './session-writes.ts'
import { appendTurn, createTurn, numberTurns, updateTurn } from './turn-writes.ts'
import { saveSharing } from './sharing-writes.ts'

/** Everything that changes the database. Each takes one payload that can be cloned, and is undone alone where it fails. */
export const writes = {
  createSession,
  updateSession,
  touchSession,
  deleteSession,
  saveFiles,
  removeFiles,
  saveVisit,
  saveSharing,
  append,
  reserveClient,
  updateClient,
  raiseEpoch,
  saveSnapshot,
  pruneDocument,
  dropSnapshot,
  createTurn,
  appendTurn,
  updateTurn,
  numberTurns,
  createMessage,
  editMessage,
  deleteMessage,
  saveHunks,
  saveCheckpoint,
  rollBackTurns,
  saveReview,
  saveZipBase,
  removeZipBase,
  saveLooseBlobs,
  sweepBlobs,
} as const

export type Writes = typeof writes
export type WriteName = keyof Writes
export type WritePayload<Name extends WriteName> = Parameters<Writes[Name]>[1]
export type WriteResult<Name extends WriteName> = Awaited<ReturnType<Writes[Name]>>

/** A write on its way to the writer. */
export type WriteRequest = { [Name in WriteName]: { id: number; name: Name; payload: WritePayload<Name> } }[WriteName]

export async function runWrite(db: Kysely<Schema>, request: WriteRequest): Promise<unknown> {
  // The compiler cannot see that the name and the payload of one request belong together.
  const write = writes[request.name] as (db: Kysely<Schema>, payload: unknown) => Promise<unknown>
  return write(db, request.payload)
}
