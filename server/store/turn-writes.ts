import type { Kysely } from 'kysely'
import type { Mark } from '#protocol/turns.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'
import { targetJson } from './turn-rows.ts'
import type { Store, TurnRecord } from './store.ts'

type Db = Kysely<Schema>

export async function createTurn(db: Db, turn: TurnRecord): Promise<void> {
  await db
    .insertInto('turn')
    .values({
      turn_id: turn.turnId,
      session_id: turn.sessionId,
      number: turn.number,
      asked_by: turn.askedBy,
      kind: turn.kind,
      target_json: turn.target === undefined ? null : targetJson(turn.target),
      rolled_back: turn.rolledBack ? 1 : 0,
      checkpoint: null,
      prompt: turn.prompt,
      references_json: JSON.stringify(turn.references),
      is_review: turn.review ? 1 : 0,
      continues: turn.continues ?? null,
      status: turn.status,
      reason: turn.reason ?? null,
      stopped_by: turn.stoppedBy ?? null,
      failure_json: turn.failure === undefined ? null : JSON.stringify(turn.failure),
      backend_json: JSON.stringify(turn.backend),
      started_at: turn.startedAt,
      measurements_json: turn.measurements === undefined ? null : JSON.stringify(turn.measurements),
      text_length: 0,
      reasoning_length: 0,
    })
    .execute()
  const { text, reasoning, marks } = turn
  if (text !== '' || reasoning !== '' || marks.length > 0) {
    await appendTurn(db, { turnId: turn.turnId, piece: { at: 0, text, reasoningAt: 0, reasoning, marks } })
  }
}

export async function appendTurn(
  db: Db,
  {
    turnId,
    piece,
  }: {
    turnId: string
    piece: { at: number; text: string; reasoningAt: number; reasoning: string; marks: Mark[] }
  },
): Promise<void> {
  const turn = await db
    .selectFrom('turn')
    .select(['text_length', 'reasoning_length'])
    .where('turn_id', '=', turnId)
    .executeTakeFirst()
  if (!turn) throw new StoreFailure('missing', `no turn ${turnId}`)
  if (piece.at !== turn.text_length || piece.reasoningAt !== turn.reasoning_length) {
    throw new StoreFailure(
      'gap',
      `turn ${turnId} is at ${turn.text_length} and ${turn.reasoning_length}, not at ${piece.at} and ${piece.reasoningAt}`,
    )
  }
  const last = await db
    .selectFrom('turn_chunk')
    .select('seq')
    .where('turn_id', '=', turnId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const { text, reasoning, marks } = piece
  await db
    .insertInto('turn_chunk')
    .values({
      turn_id: turnId,
      seq: (last?.seq ?? 0) + 1,
      text_offset: piece.at,
      reasoning_offset: piece.reasoningAt,
      piece_json: JSON.stringify({ text, reasoning, marks }),
    })
    .execute()
  await db
    .updateTable('turn')
    .set({ text_length: piece.at + text.length, reasoning_length: piece.reasoningAt + reasoning.length })
    .where('turn_id', '=', turnId)
    .execute()
}

export async function updateTurn(
  db: Db,
  { turnId, change }: { turnId: string; change: Parameters<Store['updateTurn']>[1] },
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('turn')
    .set({
      status: change.status,
      ...(change.startedAt === undefined ? {} : { started_at: change.startedAt }),
      ...(change.reason === undefined ? {} : { reason: change.reason }),
      ...(change.stoppedBy === undefined ? {} : { stopped_by: change.stoppedBy }),
      ...(change.failure === undefined ? {} : { failure_json: JSON.stringify(change.failure) }),
      ...(change.measurements === undefined ? {} : { measurements_json: JSON.stringify(change.measurements) }),
    })
    .where('turn_id', '=', turnId)
    .executeTakeFirstOrThrow()
  if (numUpdatedRows === 0n) throw new StoreFailure('missing', `no turn ${turnId}`)
}

export async function numberTurns(
  db: Db,
  { sessionId, numbers }: { sessionId: string; numbers: { turnId: string; number: number }[] },
): Promise<void> {
  // No two turns of a session may have the same number, not even between two statements: free them all before any is taken.
  for (const sign of [-1, 1]) {
    for (const { turnId, number } of numbers) {
      const { numUpdatedRows } = await db
        .updateTable('turn')
        .set({ number: sign * number })
        .where('turn_id', '=', turnId)
        .where('session_id', '=', sessionId)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows === 0n) throw new StoreFailure('missing', `no turn ${turnId} in session ${sessionId}`)
    }
  }
}
