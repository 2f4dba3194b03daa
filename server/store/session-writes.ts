import type { Kysely } from 'kysely'
import type { FileNode, Participant, SessionInfo } from '#protocol/sessions.ts'
import { dropUnusedBlobs, saveBlob } from './blob-writes.ts'
import { saveStart } from './checkpoint-writes.ts'
import { applyHunkEvents } from './hunk-writes.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'
import type { StoredHunkEvent } from './store.ts'

type Db = Kysely<Schema>

export async function createSession(
  db: Db,
  {
    session,
    owner,
    files,
  }: {
    session: SessionInfo
    owner: Participant & { visitId: string }
    files: { file: FileNode; bytes: Uint8Array }[]
  },
): Promise<void> {
  await db
    .insertInto('session')
    .values({
      session_id: session.sessionId,
      name: session.name,
      sample_id: session.sampleId ?? null,
      created_at: session.createdAt,
      backend_id: session.backendId,
      model: session.model,
      has_start: 1,
    })
    .execute()
  await db
    .insertInto('participant')
    .values({
      participant_id: owner.participantId,
      session_id: session.sessionId,
      visit_id: owner.visitId,
      name: owner.name,
      role: owner.role,
      colour: owner.colour,
      opened_at: session.createdAt,
      joined_at: session.createdAt,
    })
    .execute()
  await saveFiles(db, { sessionId: session.sessionId, files })
  await saveStart(db, session.sessionId)
}

export async function updateSession(
  db: Db,
  {
    sessionId,
    change,
  }: { sessionId: string; change: { name?: string; backendId?: string; model?: string; approval?: boolean } },
): Promise<void> {
  const columns = {
    ...(change.name === undefined ? {} : { name: change.name }),
    ...(change.backendId === undefined ? {} : { backend_id: change.backendId }),
    ...(change.model === undefined ? {} : { model: change.model }),
    ...(change.approval === undefined ? {} : { approval: Number(change.approval) }),
  }
  if (Object.keys(columns).length === 0) return
  const { numUpdatedRows } = await db
    .updateTable('session')
    .set(columns)
    .where('session_id', '=', sessionId)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new StoreFailure('missing', `no session ${sessionId}`)
}

export async function touchSession(
  db: Db,
  { sessionId, visitId, openedAt }: { sessionId: string; visitId: string; openedAt: number },
): Promise<void> {
  await db
    .updateTable('participant')
    .set({ opened_at: openedAt })
    .where('session_id', '=', sessionId)
    .where('visit_id', '=', visitId)
    .execute()
}

export async function deleteSession(db: Db, { sessionId }: { sessionId: string }): Promise<void> {
  const files = await db.selectFrom('file').select('text_hash').where('session_id', '=', sessionId).execute()
  const checkpoints = await db
    .selectFrom('checkpoint_file')
    .select('text_hash')
    .distinct()
    .where('session_id', '=', sessionId)
    .execute()
  const zips = await db
    .selectFrom('base_file')
    .innerJoin('base', 'base.base_id', 'base_file.base_id')
    .select('base_file.text_hash')
    .where('base.session_id', '=', sessionId)
    .execute()
  await db.deleteFrom('session').where('session_id', '=', sessionId).execute()
  await dropUnusedBlobs(
    db,
    [...files, ...checkpoints, ...zips].map((row) => row.text_hash),
  )
}

export async function saveVisit(db: Db, { visitId, createdAt }: { visitId: string; createdAt: number }): Promise<void> {
  await db
    .insertInto('visit')
    .values({ visit_id: visitId, created_at: createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * Inserts files that are new (with their bytes, none for an empty one) and changes what is known of the others. The text
 * of a file that exists is changed through its log only.
 */
export async function saveFiles(
  db: Db,
  {
    sessionId,
    files,
    hunkEvents = [],
    folders,
  }: {
    sessionId: string
    files: { file: FileNode; bytes?: Uint8Array }[]
    hunkEvents?: StoredHunkEvent[]
    folders?: string[]
  },
): Promise<void> {
  const known = new Set(await fileIds(db, sessionId))
  // Paths may be handed on inside one call (a folder moved into itself): free them all before any is taken.
  for (const { file } of files) {
    if (!known.has(file.fileId)) continue
    await db
      .updateTable('file')
      .set({ path: `\0${file.fileId}` })
      .where('file_id', '=', file.fileId)
      .execute()
  }
  for (const { file, bytes } of files) {
    if (!known.has(file.fileId)) await insertFile(db, sessionId, file, bytes ?? new Uint8Array())
    else if (bytes !== undefined) throw new StoreFailure('refused', `file ${file.fileId} already has a content`)
    else {
      await db
        .updateTable('file')
        .set({ path: file.path, line_ending: file.lineEnding, proposed_by: file.proposedBy ?? null })
        .where('file_id', '=', file.fileId)
        .execute()
    }
  }
  if (folders !== undefined) await saveFolders(db, sessionId, folders)
  await applyHunkEvents(db, sessionId, hunkEvents)
}

export async function removeFiles(
  db: Db,
  { sessionId, fileIds: removed, folders }: { sessionId: string; fileIds: string[]; folders?: string[] },
): Promise<void> {
  const hashes: string[] = []
  for (const fileId of removed) {
    // Threads outlive their file, and say where it stood last.
    await db
      .updateTable('thread')
      .set((thread) => ({
        path: thread.fn.coalesce(
          thread.selectFrom('file').select('file.path').where('file.file_id', '=', fileId),
          thread.ref('thread.path'),
        ),
      }))
      .where('file_id', '=', fileId)
      .execute()
    const row = await db
      .deleteFrom('file')
      .where('file_id', '=', fileId)
      .where('session_id', '=', sessionId)
      .returning('text_hash')
      .executeTakeFirst()
    if (row) hashes.push(row.text_hash)
  }
  if (folders !== undefined) await saveFolders(db, sessionId, folders)
  await dropUnusedBlobs(db, hashes)
}

async function saveFolders(db: Db, sessionId: string, folders: string[]): Promise<void> {
  await db.deleteFrom('folder').where('session_id', '=', sessionId).execute()
  for (const path of folders) await db.insertInto('folder').values({ session_id: sessionId, path }).execute()
}

async function fileIds(db: Db, sessionId: string): Promise<string[]> {
  const rows = await db.selectFrom('file').select('file_id').where('session_id', '=', sessionId).execute()
  return rows.map((row) => row.file_id)
}

async function insertFile(db: Db, sessionId: string, file: FileNode, bytes: Uint8Array): Promise<void> {
  await db
    .insertInto('file')
    .values({
      file_id: file.fileId,
      session_id: sessionId,
      path: file.path,
      kind: file.kind,
      line_ending: file.lineEnding,
      bytes: bytes.byteLength,
      proposed_by: file.proposedBy ?? null,
      text_hash: await saveBlob(db, bytes),
      text_seq: 0,
    })
    .execute()
  if (file.kind === 'text') {
    await db.insertInto('document').values({ file_id: file.fileId, head_seq: 0, snapshot_seq: 0 }).execute()
  }
}
