import type { Kysely, Selectable } from 'kysely'
import type { TurnFailure } from '#protocol/failures.ts'
import type { Mark, Reference, TurnMeasurements } from '#protocol/turns.ts'
import type { Schema } from './schema.ts'
import type { Store, TurnRecord } from './store.ts'
import { targetOf } from './turn-rows.ts'

export function turnReads(db: Kysely<Schema>): Pick<Store, 'turns' | 'turn' | 'unendedTurns'> {
  return {
    async turns(sessionId) {
      const rows = await db.selectFrom('turn').selectAll().where('session_id', '=', sessionId).orderBy('number').execute()
      return withPieces(db, rows)
    },
    async turn(turnId) {
      const rows = await db.selectFrom('turn').selectAll().where('turn_id', '=', turnId).execute()
      const [turn] = await withPieces(db, rows)
      return turn
    },
    async unendedTurns() {
      const rows = await db
        .selectFrom('turn')
        .selectAll()
        .where('status', '<>', 'ended')
        .orderBy('session_id')
        .orderBy('number')
        .execute()
      return withPieces(db, rows)
    },
  }
}

type TurnRow = Selectable<Schema['turn']>

async function withPieces(db: Kysely<Schema>, rows: TurnRow[]): Promise<TurnRecord[]> {
  const turns: TurnRecord[] = []
  for (const row of rows) {
    const turn = turnOf(row)
    const chunks = await db
      .selectFrom('turn_chunk')
      .select('piece_json')
      .where('turn_id', '=', row.turn_id)
      .orderBy('seq')
      .execute()
    for (const chunk of chunks) {
      const piece = JSON.parse(chunk.piece_json) as { text: string; reasoning: string; marks: Mark[] }
      turn.text += piece.text
      turn.reasoning += piece.reasoning
      turn.marks.push(...piece.marks)
    }
    turns.push(turn)
  }
  return turns
}

function turnOf(row: TurnRow): TurnRecord {
  return {
    turnId: row.turn_id,
    sessionId: row.session_id,
    number: row.number,
    askedBy: row.asked_by,
    kind: row.kind,
    ...(row.target_json === null ? {} : { target: targetOf(row.target_json) }),
    prompt: row.prompt,
    references: JSON.parse(row.references_json) as Reference[],
    ...(row.is_review === 0 ? {} : { review: true }),
    ...(row.continues === null ? {} : { continues: row.continues }),
    status: row.status,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.stopped_by === null ? {} : { stoppedBy: row.stopped_by }),
    ...(row.failure_json === null ? {} : { failure: JSON.parse(row.failure_json) as TurnFailure }),
    backend: JSON.parse(row.backend_json) as TurnRecord['backend'],
    startedAt: row.started_at,
    text: '',
    reasoning: '',
    marks: [],
    ...(row.rolled_back === 0 ? {} : { rolledBack: true }),
    ...(row.checkpoint === null ? {} : { hasCheckpoint: true }),
    ...(row.measurements_json === null ? {} : { measurements: JSON.parse(row.measurements_json) as TurnMeasurements }),
  }
}
