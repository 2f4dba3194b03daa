import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import { linkRow, participantRow } from './sharing-rows.ts'
import { StoreFailure } from './store-failure.ts'
import type { StoredLink, StoredParticipant } from './store.ts'

export async function saveSharing(
  db: Kysely<Schema>,
  { sessionId, people = [], links = [] }: { sessionId: string; people?: StoredParticipant[]; links?: StoredLink[] },
): Promise<void> {
  const session = await db.selectFrom('session').select('session_id').where('session_id', '=', sessionId).executeTakeFirst()
  if (session === undefined) throw new StoreFailure('missing', `no session ${sessionId}`)
  for (const person of people) {
    const { participant_id, session_id, opened_at, ...changed } = participantRow(sessionId, person)
    await db
      .insertInto('participant')
      .values({ participant_id, session_id, opened_at, ...changed })
      .onConflict((conflict) => conflict.column('participant_id').doUpdateSet(changed))
      .execute()
  }
  for (const link of links) {
    const { link_id, session_id, ...changed } = linkRow(sessionId, link)
    await db
      .insertInto('link')
      .values({ link_id, session_id, ...changed })
      .onConflict((conflict) => conflict.column('link_id').doUpdateSet(changed))
      .execute()
  }
}
