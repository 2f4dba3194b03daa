import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import { baseReads } from './base-reads.ts'
import { checkpointReads } from './checkpoint-reads.ts'
import { messageReads } from './message-reads.ts'
import { openDatabase } from './database.ts'
import { documentReads } from './document-reads.ts'
import { hunkReads } from './hunk-reads.ts'
import { LooseBlobs } from './loose-blobs.ts'
import { MemoryWriter } from './memory-writer.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { reviewReads } from './review-reads.ts'
import { sessionReads } from './session-reads.ts'
import { sharingReads } from './sharing-reads.ts'
import { plainFailure, StoreFailure, storeFailure } from './store-failure.ts'
import type { Schema } from './schema.ts'
import { lockStore } from './store-lock.ts'
import type { Store } from './store.ts'
import { turnReads } from './turn-reads.ts'
import type { Writer } from './writer-port.ts'
import { WriterThread } from './writer-thread.ts'

/**
 * Opens the SQLite store and brings its schema up to date. `file` is created where it does not exist, its folder too;
 * `:memory:` keeps everything in this process and loses it at `close`. One process at a time may have a file open. Rejects with
 * `StoreFailure`.
 */
export async function openStore({ file, log }: { file: string; log: Logger }): Promise<Store> {
  if (file === ':memory:') {
    const db = openDatabase(file, 'write')
    await migrate(db, migrations)
    return storeOn({ db, writer: new MemoryWriter(db), unlock: () => {}, log })
  }
  mkdirSync(dirname(file), { recursive: true })
  const unlock = lockStore(file)
  try {
    const writer = new WriterThread(file, log)
    await writer.start()
    return storeOn({ db: openDatabase(file, 'read'), writer, unlock, log })
  } catch (error) {
    unlock()
    throw error
  }
}

function storeOn({ db, writer, unlock, log }: { db: Kysely<Schema>; writer: Writer; unlock: () => void; log: Logger }): Store {
  const blobs = new LooseBlobs(writer, log)
  // What a process that died has left.
  blobs.sweep()
  const sweepAfter = async <Value>(write: Promise<Value>): Promise<Value> => {
    const value = await write
    blobs.sweep()
    return value
  }
  let closed: Promise<void> | undefined
  async function close() {
    blobs.close()
    // The connection that closes last takes the write-ahead log away, and a reader may not.
    if (writer instanceof MemoryWriter) await writer.close()
    await db.destroy()
    await writer.close()
    unlock()
  }
  return {
    ...failing(
      {
        ...sessionReads(db),
        ...sharingReads(db),
        ...documentReads(db),
        ...turnReads(db),
        ...hunkReads(db),
        ...checkpointReads(db),
        ...messageReads(db),
        ...reviewReads(db),
        ...baseReads(db),
      },
      () => closed !== undefined,
    ),
    createSession: ({ files, ...session }) =>
      blobs.keep(files, (kept) => writer.write('createSession', { ...session, files: kept })),
    updateSession: (sessionId, change) => writer.write('updateSession', { sessionId, change }),
    touchSession: (sessionId, visitId, openedAt) => writer.write('touchSession', { sessionId, visitId, openedAt }),
    deleteSession: (sessionId) => sweepAfter(writer.write('deleteSession', { sessionId })),
    saveFiles: (sessionId, files, more) =>
      blobs.keep(files, (kept) => writer.write('saveFiles', { sessionId, files: kept, ...more })),
    removeFiles: (sessionId, fileIds, more) => sweepAfter(writer.write('removeFiles', { sessionId, fileIds, ...more })),
    saveSharing: (sessionId, changed) => writer.write('saveSharing', { sessionId, ...changed }),
    saveVisit: (visit) => writer.write('saveVisit', visit),
    append: (row) => writer.write('append', row),
    reserveClient: (fileId, clientId, client) => writer.write('reserveClient', { fileId, clientId, ...client }),
    updateClient: (fileId, clientId, role) => writer.write('updateClient', { fileId, clientId, role }),
    raiseEpoch: (fileId) => writer.write('raiseEpoch', fileId === undefined ? {} : { fileId }),
    saveSnapshot: (fileId, snapshot) => sweepAfter(writer.write('saveSnapshot', { fileId, snapshot })),
    pruneDocument: (fileId, verifiedSeq) => writer.write('pruneDocument', { fileId, verifiedSeq }),
    dropSnapshot: (fileId, seq) => writer.write('dropSnapshot', { fileId, seq }),
    createTurn: (turn) => writer.write('createTurn', turn),
    appendTurn: (turnId, piece) => writer.write('appendTurn', { turnId, piece }),
    updateTurn: (turnId, change) => writer.write('updateTurn', { turnId, change }),
    numberTurns: (sessionId, numbers) => writer.write('numberTurns', { sessionId, numbers }),
    createMessage: (sessionId, message, most) => writer.write('createMessage', { sessionId, message, most }),
    editMessage: (sessionId, messageId, change) => writer.write('editMessage', { sessionId, messageId, change }),
    deleteMessage: (sessionId, messageId) => writer.write('deleteMessage', { sessionId, messageId }),
    saveHunks: (sessionId, events) => writer.write('saveHunks', { sessionId, events }),
    saveCheckpoint: (turnId, texts) => writer.write('saveCheckpoint', { turnId, texts }),
    rollBackTurns: (turnIds) => writer.write('rollBackTurns', { turnIds }),
    saveReview: (sessionId, changes) => writer.write('saveReview', { sessionId, changes }),
    saveZipBase: (sessionId, { base, files }) =>
      blobs.keep(files, (kept) => writer.write('saveZipBase', { sessionId, base, files: kept })),
    removeZipBase: (sessionId, baseId) => sweepAfter(writer.write('removeZipBase', { sessionId, baseId })),
    close: () => (closed ??= close()),
  }
}

/** Turns the errors of every read into `StoreFailure`. */
function failing<Reads extends Record<string, (...keys: never[]) => Promise<unknown>>>(
  reads: Reads,
  isClosed: () => boolean,
): Reads {
  const wrapped = Object.entries(reads).map(([name, read]) => [
    name,
    async (...keys: never[]) => {
      if (isClosed()) throw new StoreFailure('closed', 'the store was closed')
      try {
        return await read(...keys)
      } catch (error) {
        throw storeFailure(plainFailure(error))
      }
    },
  ])
  return Object.fromEntries(wrapped) as Reads
}
