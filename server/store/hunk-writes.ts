import { sql, type Kysely } from 'kysely'
import { hunkRow, reversalJson } from './hunk-rows.ts'
import type { Schema } from './schema.ts'
import { StoreFailure } from './store-failure.ts'
import type { StoredHunkEvent } from './store.ts'

const nothingToReverse = { inserted: [], deleted: [] }

/** Brings the hunk records up to what the events tell. What an event does not carry of the way back stays as it was. */
export async function applyHunkEvents(db: Kysely<Schema>, sessionId: string, events: StoredHunkEvent[]): Promise<void> {
  for (const { event, reversal, undoing } of events) {
    if (event.type === 'grew') {
      const { numUpdatedRows } = await db
        .updateTable('hunk')
        .set({
          start_position: event.start,
          end_position: event.end,
          added_lines: event.addedLines,
          ...(event.replaced && {
            base_text: sql<string>`base_text || ${event.replaced.text}`,
            deleted_lines: event.replaced.lines,
          }),
          ...(reversal === undefined ? {} : { reversal_json: reversalJson(reversal) }),
        })
        .where('hunk_id', '=', event.hunkId)
        .executeTakeFirstOrThrow()
      if (numUpdatedRows === 0n) throw new StoreFailure('missing', `no hunk ${event.hunkId}`)
      continue
    }
    const row = hunkRow(sessionId, event.hunk, reversal ?? nothingToReverse)
    const { reversal_json: json, ...withoutReversal } = row
    await db
      .insertInto('hunk')
      .values((eb) => ({
        ...row,
        checkpoint: eb
          .selectFrom('turn')
          .select((turn) => turn.fn.coalesce(turn.fn.max('turn.checkpoint'), turn.lit(0)).as('checkpoints'))
          .where('turn.session_id', '=', sessionId),
      }))
      .onConflict((conflict) =>
        conflict
          .column('hunk_id')
          .doUpdateSet(reversal === undefined ? withoutReversal : { ...withoutReversal, reversal_json: json }),
      )
      .execute()
    if (undoing === undefined) continue
    await db
      .updateTable('hunk')
      .set({ undoing_json: undoing === null ? null : reversalJson(undoing) })
      .where('hunk_id', '=', event.hunk.hunkId)
      .execute()
  }
}

export async function saveHunks(
  db: Kysely<Schema>,
  { sessionId, events }: { sessionId: string; events: StoredHunkEvent[] },
): Promise<void> {
  await applyHunkEvents(db, sessionId, events)
}
