import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { commitBatch } from './commit-batch.ts'
import { openDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { file, owner, session } from './store-fixture.ts'

async function migrated() {
  const db = openDatabase(':memory:', 'write')
  onTestFinished(() => db.destroy())
  await migrate(db, migrations)
  return db
}

test('a full disk is told as such, takes only the write that did not fit, and passes', async () => {
  const db = await migrated()
  await commitBatch(db, [{ id: 1, name: 'createSession', payload: { session, owner, files: [] } }])
  await sql`pragma max_page_count = 80`.execute(db)
  const saveBinary = (id: number, bytes: Uint8Array) => ({
    id,
    name: 'saveFiles' as const,
    payload: {
      sessionId: 's1',
      files: [{ file: { ...file(`f${id}`, `${id}.bin`), kind: 'binary' as const }, bytes }],
    },
  })

  const [small, full] = await commitBatch(db, [saveBinary(1, new Uint8Array(10)), saveBinary(2, new Uint8Array(1_000_000))])
  expect(small).toEqual({ id: 1, ok: true, value: undefined })
  expect(full).toMatchObject({ id: 2, ok: false, failure: { code: 'disk_full', cause: { code: 'SQLITE_FULL' } } })
  expect(await db.selectFrom('file').select('path').execute()).toEqual([{ path: '1.bin' }])

  await sql`pragma max_page_count = 10000`.execute(db)
  expect(await commitBatch(db, [saveBinary(3, new Uint8Array(1_000_000))])).toEqual([{ id: 3, ok: true, value: undefined }])
})

test('when the commit itself fails, every write of the batch fails', async () => {
  const db = await migrated()
  await db.destroy()
  const replies = await commitBatch(db, [
    { id: 1, name: 'saveVisit', payload: { visitId: 'v1', createdAt: 1 } },
    { id: 2, name: 'saveVisit', payload: { visitId: 'v2', createdAt: 1 } },
  ])
  expect(replies.map(({ id, ok }) => ({ id, ok }))).toEqual([
    { id: 1, ok: false },
    { id: 2, ok: false },
  ])
})
