import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { open, temporaryFile } from './store-fixture.ts'

test('a writer thread that dies fails what it had accepted, and the next write starts another one', async () => {
  const started = once(process, 'worker') as Promise<[Worker]>
  const databaseFile = temporaryFile()
  const store = await open(databaseFile)
  const [thread] = await started
  // While another connection holds the file's lock the thread cannot commit.
  const lock = new Sqlite(databaseFile)
  lock.exec('begin immediate')
  const answers = Promise.allSettled([store.saveVisit({ visitId: 'v1', createdAt: 1 }), thread.terminate()])
  lock.exec('rollback')
  lock.close()
  const [unanswered] = await answers
  expect(unanswered).toMatchObject({ status: 'rejected', reason: { name: 'StoreFailure', code: 'failed' } })

  await store.saveVisit({ visitId: 'v2', createdAt: 2 })
  expect([await store.visit('v1'), await store.visit('v2')]).toEqual([undefined, { visitId: 'v2' }])
})
