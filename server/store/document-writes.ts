import { CompiledQuery, type Kysely } from 'kysely'
import type { Role } from '#protocol/roles.ts'
import { applyHunkEvents } from './hunk-writes.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'
import type { LogAppend } from './store.ts'

type Db = Kysely<Schema>

/**
 * The statements of the write that everybody waits for, as SQLite takes them: to build them anew for each row takes longer than to run
 * them.
 */
const statements = {
  earlier: (fileId: string, pushId: string) =>
    CompiledQuery.raw('select "seq" from "document_update" where "file_id" = ? and "push_id" = ?', [fileId, pushId]),
  advance: (fileId: string, isTyped: boolean) =>
    CompiledQuery.raw(
      `update "document" set "head_seq" = "head_seq" + 1, "typed_seq" = iif(?, "head_seq" + 1, "typed_seq")
       where "file_id" = ? returning "head_seq" as "seq"`,
      [isTyped ? 1 : 0, fileId],
    ),
  insert: ({ fileId, author, pushId, update }: LogAppend, seq: number) =>
    CompiledQuery.raw('insert into "document_update" ("file_id", "seq", "author", "push_id", "bytes") values (?, ?, ?, ?, ?)', [
      fileId,
      seq,
      author,
      pushId ?? null,
      update ?? null,
    ]),
}

export async function append(db: Db, row: LogAppend): Promise<{ seq: number; repeated: boolean }> {
  const { fileId, pushId, update, afterSeq } = row
  if (pushId !== undefined) {
    const earlier = await seqOf(db, statements.earlier(fileId, pushId))
    if (earlier !== undefined) return { seq: earlier, repeated: true }
  }
  const seq = await seqOf(db, statements.advance(fileId, pushId !== undefined && update !== undefined))
  if (seq === undefined) throw new StoreFailure('missing', `no document ${fileId}`)
  if (afterSeq !== undefined && afterSeq !== seq - 1) {
    throw new StoreFailure('gap', `document ${fileId} is at ${seq - 1}, not at ${afterSeq}`)
  }
  await db.executeQuery(statements.insert(row, seq))
  await applyHunkEvents(db, row.sessionId, row.hunkEvents ?? [])
  return { seq, repeated: false }
}

async function seqOf(db: Db, statement: CompiledQuery): Promise<number | undefined> {
  const { rows } = await db.executeQuery(statement as CompiledQuery<{ seq: number }>)
  return rows[0]?.seq
}

export async function reserveClient(
  db: Db,
  { fileId, clientId, owner, role }: { fileId: string; clientId: number; owner: string; role: Role },
): Promise<void> {
  await db.insertInto('document_client').values({ file_id: fileId, client_id: clientId, owner, role }).execute()
}

export async function updateClient(
  db: Db,
  { fileId, clientId, role }: { fileId: string; clientId: number; role: Role },
): Promise<void> {
  await db
    .updateTable('document_client')
    .set({ role })
    .where('file_id', '=', fileId)
    .where('client_id', '=', clientId)
    .execute()
}

/** Of one document, or of all. */
export async function raiseEpoch(db: Db, { fileId }: { fileId?: string }): Promise<void> {
  await db
    .updateTable('document')
    .set(({ eb }) => ({ epoch: eb('epoch', '+', 1) }))
    .$if(fileId !== undefined, (one) => one.where('file_id', '=', fileId ?? ''))
    .execute()
}
