import { sql, type Kysely } from 'kysely'
import type { FileNode, Participant, SessionInfo } from '#protocol/sessions.ts'
import { loosenBlobs, saveBlob, type Content } from './blob-writes.ts'
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
    files: { file: FileNode; bytes: Content }[]
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
  await loosenBlobs(
    db,
    sql`
      select text_hash from file where session_id = ${sessionId}
      union select text_hash from checkpoint_file where session_id = ${sessionId}
      union select text_hash from base_file join base using (base_id) where session_id = ${sessionId}`,
  )
  await db.deleteFrom('session').where('session_id', '=', sessionId).execute()
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
    files: { file: FileNode; bytes?: Content }[]
    hunkEvents?: StoredHunkEvent[]
    folders?: string[]
  },
): Promise<void> {
  const known = new Set(await fileIds(db, sessionId))
  // Paths may be handed on inside one call (a folder moved into itself): free them all before any is taken.
  const changed = files.filter(({ file }) => known.has(file.fileId))
  const filled = changed.find(({ bytes }) => bytes !== undefined)
  if (filled) throw new StoreFailure('refused', `file ${filled.file.fileId} already has a content`)
  const changes = JSON.stringify(changed.map(({ file }) => file))
  await sql`
    update file set path = char(0) || file_id
    where file_id in (select value ->> 'fileId' from json_each(${changes}))`.execute(db)
  await sql`
    update file set path = change.value ->> 'path', line_ending = change.value ->> 'lineEnding',
      proposed_by = change.value ->> 'proposedBy'
    from json_each(${changes}) as change where file.file_id = change.value ->> 'fileId'`.execute(db)
  await insertFiles(
    db,
    sessionId,
    files.filter(({ file }) => !known.has(file.fileId)),
  )
  if (folders !== undefined) await saveFolders(db, sessionId, folders)
  await applyHunkEvents(db, sessionId, hunkEvents)
}

export async function removeFiles(
  db: Db,
  { sessionId, fileIds: removed, folders }: { sessionId: string; fileIds: string[]; folders?: string[] },
): Promise<void> {
  const ids = sql`(select value from json_each(${JSON.stringify(removed)}))`
  // Threads outlive their file, and say where it stood last.
  await sql`
    update thread set path = coalesce((select path from file where file.file_id = thread.file_id), path)
    where file_id in ${ids}`.execute(db)
  await loosenBlobs(db, sql`select text_hash from file where file_id in ${ids} and session_id = ${sessionId}`)
  await sql`delete from file where file_id in ${ids} and session_id = ${sessionId}`.execute(db)
  if (folders !== undefined) await saveFolders(db, sessionId, folders)
}

async function saveFolders(db: Db, sessionId: string, folders: string[]): Promise<void> {
  await db.deleteFrom('folder').where('session_id', '=', sessionId).execute()
  for (const path of folders) await db.insertInto('folder').values({ session_id: sessionId, path }).execute()
}

async function fileIds(db: Db, sessionId: string): Promise<string[]> {
  const rows = await db.selectFrom('file').select('file_id').where('session_id', '=', sessionId).execute()
  return rows.map((row) => row.file_id)
}

/** With a statement for all: a folder of thousands of files holds up the other writes for a moment only. */
async function insertFiles(db: Db, sessionId: string, files: { file: FileNode; bytes?: Content }[]): Promise<void> {
  const rows = []
  for (const { file, bytes = new Uint8Array() } of files) {
    rows.push({ ...file, bytes: typeof bytes === 'string' ? file.bytes : bytes.byteLength, hash: await saveBlob(db, bytes) })
  }
  const given = JSON.stringify(rows)
  await sql`
    insert into file (file_id, session_id, path, kind, line_ending, bytes, proposed_by, text_hash, text_seq)
    select value ->> 'fileId', ${sessionId}, value ->> 'path', value ->> 'kind', value ->> 'lineEnding', value ->> 'bytes',
      value ->> 'proposedBy', value ->> 'hash', 0
    from json_each(${given})`.execute(db)
  await sql`
    insert into document (file_id, head_seq, snapshot_seq)
    select value ->> 'fileId', 0, 0 from json_each(${given}) where value ->> 'kind' = 'text'`.execute(db)
}
