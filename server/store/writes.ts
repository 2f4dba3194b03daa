import type { Kysely } from 'kysely'
import { rollBackTurns, saveCheckpoint } from './checkpoint-writes.ts'
import { append, compact, reserveClient } from './document-writes.ts'
import { saveHunks } from './hunk-writes.ts'
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
import { appendTurn, createTurn, updateTurn } from './turn-writes.ts'

/** Everything that changes the database. Each runs alone inside a savepoint and takes one payload that can be cloned. */
export const writes = {
  createSession,
  updateSession,
  touchSession,
  deleteSession,
  saveFiles,
  removeFiles,
  saveVisit,
  append,
  reserveClient,
  compact,
  createTurn,
  appendTurn,
  updateTurn,
  saveHunks,
  saveCheckpoint,
  rollBackTurns,
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
