import { sql, type Kysely, type Selectable } from 'kysely'
import type { FileNode } from '#protocol/sessions.ts'
import { saveBlob } from './blob-writes.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'

type Db = Kysely<Schema>
type State = Omit<Selectable<Schema['checkpoint_file']>, 'session_id' | 'from_checkpoint' | 'until_checkpoint'>

/**
 * Writes down every file of the turn's session, and gives the checkpoint its place in the session's order. A text of `texts` counts
 * instead of the stored one, which may be behind its log; its file is part of the checkpoint even if it was deleted meanwhile.
 * What is as it was in the checkpoint before costs no row.
 */
export async function saveCheckpoint(
  db: Db,
  { turnId, texts }: { turnId: string; texts: { file: FileNode; text: string; seq: number }[] },
): Promise<void> {
  const turn = await db.selectFrom('turn').select('session_id').where('turn_id', '=', turnId).executeTakeFirst()
  if (!turn) throw new StoreFailure('missing', `no turn ${turnId}`)
  const { session_id } = turn
  const order = (await lastOrder(db, session_id)) + 1
  await db.updateTable('turn').set({ checkpoint: order }).where('turn_id', '=', turnId).execute()
  const states = await storedStates(db, session_id)
  for (const { file, text, seq } of texts) states.set(file.fileId, await givenState(db, file, text, seq))
  for (const known of await newestStates(db, session_id)) {
    const state = states.get(known.file_id)
    if (state !== undefined && isSame(known, state)) {
      states.delete(known.file_id)
    } else {
      await db
        .updateTable('checkpoint_file')
        .set({ until_checkpoint: order })
        .where('session_id', '=', session_id)
        .where('file_id', '=', known.file_id)
        .where('until_checkpoint', 'is', null)
        .execute()
    }
  }
  for (const state of states.values()) {
    await db
      .insertInto('checkpoint_file')
      .values({ session_id, from_checkpoint: order, until_checkpoint: null, ...state })
      .execute()
  }
}

/** Writes down what a new session begins with, as the checkpoint 0 that comes before those of its turns. */
export async function saveStart(db: Db, sessionId: string): Promise<void> {
  await sql`
    insert into checkpoint_file (session_id, file_id, from_checkpoint, path, kind, line_ending, proposed_by, text_hash, seq)
    select session_id, file_id, 0, path, kind, line_ending, proposed_by, text_hash, text_seq
    from file where session_id = ${sessionId}`.execute(db)
}

/** Marks turns as no part of the conversation any more. */
export async function rollBackTurns(db: Db, { turnIds }: { turnIds: string[] }): Promise<void> {
  for (const turnId of turnIds) {
    await db.updateTable('turn').set({ rolled_back: 1 }).where('turn_id', '=', turnId).execute()
  }
}

async function lastOrder(db: Db, sessionId: string): Promise<number> {
  const last = await db
    .selectFrom('turn')
    .select(({ fn }) => fn.max('checkpoint').as('order'))
    .where('session_id', '=', sessionId)
    .executeTakeFirst()
  return last?.order ?? 0
}

async function storedStates(db: Db, sessionId: string): Promise<Map<string, State>> {
  const files = await db
    .selectFrom('file')
    .select(['file_id', 'path', 'kind', 'line_ending', 'proposed_by', 'text_hash', 'text_seq as seq'])
    .where('session_id', '=', sessionId)
    .execute()
  return new Map(files.map((file) => [file.file_id, file]))
}

async function newestStates(db: Db, sessionId: string): Promise<State[]> {
  return db
    .selectFrom('checkpoint_file')
    .select(['file_id', 'path', 'kind', 'line_ending', 'proposed_by', 'text_hash', 'seq'])
    .where('session_id', '=', sessionId)
    .where('until_checkpoint', 'is', null)
    .execute()
}

async function givenState(db: Db, file: FileNode, text: string, seq: number): Promise<State> {
  return {
    file_id: file.fileId,
    path: file.path,
    kind: file.kind,
    line_ending: file.lineEnding,
    proposed_by: file.proposedBy ?? null,
    text_hash: await saveBlob(db, new TextEncoder().encode(text)),
    seq,
  }
}

function isSame(a: State, b: State): boolean {
  return (
    a.path === b.path &&
    a.text_hash === b.text_hash &&
    a.seq === b.seq &&
    a.proposed_by === b.proposed_by &&
    a.kind === b.kind &&
    a.line_ending === b.line_ending
  )
}
